// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "services/context/lease.hpp"
#include "stores/queue/inbox_rows.hpp"

namespace aisha::services {

/// An update in the hands of one handler, until its lease ends or its turn is committed.
struct ClaimedUpdate {
  std::int64_t bot_id = 0;
  std::int64_t key = 0;
  std::int64_t lane = 0;
  std::string kind;
  std::string body;
  std::int64_t epoch = 0;     ///< fencing token of this claim
  std::int64_t attempts = 0;  ///< 1 at the first try
  Lease lease;
  TimePoint received_at;
  /// The id of this update in the log, the same at every try, and of the picture that it asks for.
  Uuid trace;
};

/// Both names of a claim, its service's and its store's (inside this folder only).
ClaimedUpdate claimed_of(stores::inbox::Taken taken, Lease lease);
stores::inbox::Taken taken_of(const ClaimedUpdate& update);

}  // namespace aisha::services
