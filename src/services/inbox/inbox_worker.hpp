// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string_view>

#include "services/context/worker.hpp"
#include "services/inbox/inbox.hpp"

namespace aisha::services {

/// The inbox as steps: heads of the lanes go to the handler. An update that met an outage (`sql::Outage`, `Away`) goes
/// back uncounted; any other exception is the update's own, and the last of `Policy::update_max_attempts` makes it
/// poison. One that alone finds the neighbour away, again and again while others are answered, ends as poison too: its
/// lane goes on. While a neighbour is away one update at a time finds out whether it is back, and the others stay
/// unclaimed.
class InboxWorker final : public Worker {
 public:
  InboxWorker(Context context, Inbox& inbox, UpdateHandler& handler)
      : context_(context), inbox_(inbox), handler_(handler) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

  /// Renews the leases of updates whose handlers take long, a slow upload say: nobody else is to begin anew meanwhile.
  /// To be called a few times a lease.
  Task<void> hold_on();

 private:
  enum class Outcome { done, failed, outage, away };
  struct Absence {
    int failures = 0;
    TimePoint next_probe;
    bool is_probing = false;
  };

  /// An update that found the neighbour away.
  struct Lone {
    std::int64_t answered = 0;  ///< others that had been answered by then
    int times = 0;              ///< that it happened although others were answered since the last time
  };

  Task<void> run(ClaimedUpdate update, bool probes);
  Task<void> wait_alone(ClaimedUpdate update);
  Task<Outcome> hand_over(ClaimedUpdate update);
  void learn(Outcome outcome, bool probes);
  static std::string_view text_of(Outcome outcome);

  Context context_;
  Inbox& inbox_;
  UpdateHandler& handler_;
  std::list<ClaimedUpdate> in_hand_;  // without their texts
  std::optional<Absence> absence_;
  std::map<std::int64_t, Lone> lone_;  // by key; few, and empty when nothing is wrong
  std::int64_t answered_ = 0;
};

}  // namespace aisha::services
