// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/claimed_update.hpp"

#include <fmt/format.h>

#include <algorithm>

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
  ClaimedUpdate out;
  out.bot_id = taken.bot_id;
  out.key = taken.update_id;
  out.lane = taken.lane;
  out.received_at = taken.received_at;
  out.trace = trace_of(taken);
  out.kind = std::move(taken.kind);
  out.body = std::move(taken.body);
  out.epoch = taken.epoch;
  out.attempts = taken.attempts;
  out.lease = lease;
  return out;
}

stores::inbox::Taken taken_of(const ClaimedUpdate& update) {
  stores::inbox::Taken out;
  out.bot_id = update.bot_id;
  out.update_id = update.key;
  out.lane = update.lane;
  out.epoch = update.epoch;
  out.attempts = update.attempts;
  return out;
}

}  // namespace aisha::services
