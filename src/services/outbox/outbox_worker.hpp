// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>

#include "services/context/context.hpp"
#include "services/context/due_times.hpp"
#include "services/context/worker.hpp"
#include "services/outbox/sender.hpp"
#include "services/people/people.hpp"

namespace aisha::stores {
class UnitOfWork;
}
namespace aisha::stores::outbox {
struct Taken;
}

namespace aisha::services {

/// The outbox: heads of the chats' lanes go to the sender, its outcome decides what becomes of the row. What was told
/// and could not be noted is noted when the row comes again, not told once more: remembered in memory.
class OutboxWorker final : public Worker {
 public:
  OutboxWorker(Context context, Sender& sender, People& people)
      : context_(context), sender_(sender), people_(people), due_(context.policy) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(stores::outbox::Taken row, Lease lease);
  Task<std::optional<Lease>> prepare(const stores::outbox::Taken& row);
  Task<bool> begin(stores::outbox::Taken row, Lease lease);
  Task<DeliveryOutcome> tell(OutboxMessage item);
  void report(const stores::outbox::Taken& row, const Uuid& about, const DeliveryOutcome& outcome);
  Task<void> settle(stores::outbox::Taken row, OutboxMessage item, DeliveryOutcome outcome);
  Task<void> leave_to_newer(stores::outbox::Taken row);
  Task<void> give_up(stores::outbox::Taken row, std::string why);
  void retry(stores::UnitOfWork& unit, const stores::outbox::Taken& row, Millis delay, bool outcome_unknown);

  Context context_;
  Sender& sender_;
  People& people_;
  DueTimes due_;
  std::map<Uuid, DeliveryOutcome> unnoted_;  // by row; few, and empty while commits succeed
};

}  // namespace aisha::services
