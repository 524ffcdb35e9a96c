// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/delivery.hpp"
#include "services/ground.hpp"
#include "services/people.hpp"
#include "services/steps.hpp"

namespace aisha::stores::outbox {
struct Taken;
}

namespace aisha::services {

/// The outbox: heads of the chats' lanes go to the deliverer, its outcome decides what becomes of the row.
class Sending final : public Steps {
 public:
  Sending(Ground ground, Deliverer& deliverer, People& people)
      : ground_(ground), deliverer_(deliverer), people_(people) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(stores::outbox::Taken row, Lease lease);
  Task<void> settle(stores::outbox::Taken row, OutboxItem item, DeliveryOutcome outcome);
  Task<void> leave_to_newer(stores::outbox::Taken row);
  Task<void> give_up(stores::outbox::Taken row, std::string why);

  Ground ground_;
  Deliverer& deliverer_;
  People& people_;
};

}  // namespace aisha::services
