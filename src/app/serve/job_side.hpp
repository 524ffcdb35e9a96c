// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/serve/core.hpp"
#include "loops/loops.hpp"
#include "services/bin/clearing.hpp"
#include "services/generations/model_check.hpp"
#include "services/jobs/poll_worker.hpp"
#include "services/jobs/reaper.hpp"
#include "services/jobs/result_worker.hpp"
#include "services/jobs/submit_worker.hpp"
#include "services/preparing/prepare_worker.hpp"
#include "services/search/word_index.hpp"
#include "services/tastes/neighbour_counting.hpp"
#include "services/tastes/style_counting.hpp"
#include "services/upkeep/imported_looking.hpp"
#include "services/upkeep/orphans.hpp"
#include "services/upkeep/samplers.hpp"
#include "services/upkeep/sweeper.hpp"

namespace aisha::app {

/// The half that makes pictures: submits, follows, stores; reaper and sweeper. `core` outlives it.
class JobSide {
 public:
  explicit JobSide(Core& core);

  void drive(loops::Loops& loops);

 private:
  Core& core_;
  services::PrepareWorker prepare_worker_;
  services::SubmitWorker submit_worker_;
  services::PollWorker poll_worker_;
  services::ResultWorker result_worker_;
  services::Reaper reaper_;
  services::Sweeper sweeper_;
  services::Orphans orphans_;
  services::ImportedLooking imported_looking_;
  services::WordIndex word_index_;
  services::Samplers samplers_;
  services::Clearing clearing_;
  services::Signal clears_;  ///< rung by nobody: what a press left is found within `Policy::idle_poll`
  services::StyleCounting style_counting_;
  services::NeighbourCounting neighbour_counting_;
  services::ModelCheck model_check_;
};

}  // namespace aisha::app
