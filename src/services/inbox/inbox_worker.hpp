// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <list>

#include "services/context/worker.hpp"
#include "services/inbox/inbox.hpp"

namespace aisha::services {

/// The inbox as steps: heads of the lanes go to the handler.
class InboxWorker final : public Worker {
 public:
  InboxWorker(Context context, Inbox& inbox, UpdateHandler& handler)
      : context_(context), inbox_(inbox), handler_(handler) {}

  Task<std::optional<Millis>> due_in() override { return inbox_.due_in(); }
  Task<std::vector<Task<void>>> claim(int limit) override;

  /// Renews the leases of updates whose handlers take long, a slow upload say: nobody else is to begin anew meanwhile.
  /// To be called a few times a lease.
  Task<void> hold_on();

 private:
  Task<void> run(ClaimedUpdate update);

  Context context_;
  Inbox& inbox_;
  UpdateHandler& handler_;
  std::list<ClaimedUpdate> in_hand_;  // without their texts
};

}  // namespace aisha::services
