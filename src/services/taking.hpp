// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/inbox.hpp"
#include "services/steps.hpp"

namespace aisha::services {

/// The inbox as steps: heads of the lanes go to the handler.
class Taking final : public Steps {
 public:
  Taking(Ground ground, Inbox& inbox, UpdateHandler& handler) : ground_(ground), inbox_(inbox), handler_(handler) {}

  Task<std::optional<Millis>> due_in() override { return inbox_.due_in(); }
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(ClaimedUpdate update);

  Ground ground_;
  Inbox& inbox_;
  UpdateHandler& handler_;
};

}  // namespace aisha::services
