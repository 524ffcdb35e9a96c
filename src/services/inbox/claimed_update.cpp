// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/claimed_update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/encoding.hpp"

namespace aisha::services {
namespace {

/// A version 7 id of the update itself: nothing more need be stored. The body makes it as hard to guess as a random
/// one.
Uuid trace_of(const stores::inbox::Taken& update) {
  Uuid out;
  const auto digest = encoding::sha256(fmt::format("{} {}", update.update_id, update.body));
  std::ranges::copy_n(digest.begin(), 16, out.bytes.begin());
  out.stamp(update.received_at);
  return out;
}

}  // namespace

ClaimedUpdate claimed_of(stores::inbox::Taken taken, Lease lease) {
  const Uuid trace = trace_of(taken);
  return {std::move(taken), lease, trace};
}

}  // namespace aisha::services
