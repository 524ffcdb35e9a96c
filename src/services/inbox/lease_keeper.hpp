// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/context/worker.hpp"

namespace aisha::services {

class InboxWorker;

/// `InboxWorker::hold_on` as a chore.
class LeaseKeeper final : public Chore {
 public:
  explicit LeaseKeeper(InboxWorker& inbox_worker) : inbox_worker_(inbox_worker) {}
  Task<void> run() override;

 private:
  InboxWorker& inbox_worker_;
};

}  // namespace aisha::services
