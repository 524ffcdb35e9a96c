// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "base/error.hpp"
#include "base/task.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

/// How much of the operator's money may go to the provider in a day (UTC): `Policy::micro_usd_per_day` for all
/// pictures, `Policy::micro_usd_per_person_day` for those of one person. What is sent counts by what it is expected to
/// cost until the provider says what it did. Both caps open again at midnight.
class Spending {
 public:
  explicit Spending(Context context) : context_(context) {}

  /// Whether a picture of that cost may be asked for. That of the person is exact; that of all may be up to two seconds
  /// old, `room` looks again before anything is sent. Errc::limit_spend about the Wait until midnight.
  Task<Result<void>> admit(Actor& actor, std::int64_t cost_micro_usd);

  /// What is left of today's cap of all, by the attempts of every process; nothing when there is no cap.
  Task<std::optional<std::int64_t>> room();

  /// From now to the next midnight.
  Millis until_midnight() const;

 private:
  Task<std::int64_t> spent_lately();

  Context context_;
  TimePoint read_at_;
  std::int64_t spent_ = 0;
};

}  // namespace aisha::services
