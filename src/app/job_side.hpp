// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/core.hpp"
#include "jobs/jobs.hpp"
#include "services/following.hpp"
#include "services/keeping.hpp"
#include "services/measuring.hpp"
#include "services/reaping.hpp"
#include "services/submitting.hpp"
#include "services/sweeping.hpp"

namespace aisha::app {

/// The half that makes pictures: submits, follows, stores; reaper and sweeper. `core` outlives it.
class JobSide {
 public:
  explicit JobSide(Core& core);

  void drive(jobs::Jobs& jobs);

 private:
  Core& core_;
  services::Submitting submitting_;
  services::Following following_;
  services::Keeping keeping_;
  services::Reaping reaping_;
  services::Sweeping sweeping_;
  services::Measuring measuring_;
};

}  // namespace aisha::app
