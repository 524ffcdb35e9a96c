// SPDX-License-Identifier: Apache-2.0
#include "app/job_side.hpp"

namespace aisha::app {

JobSide::JobSide(Core& core)
    : core_(core),
      submitting_(core.ground, core.provider, core.gate),
      following_(core.ground, core.provider_side()),
      keeping_(core.ground, core.provider_side(), services::PictureSide{core.outside.imager, core.outside.blobs}),
      reaping_(core.ground, core.provider_side()),
      sweeping_(core.ground, core.outside.blobs),
      measuring_(core.ground, core.gate) {}

void JobSide::drive(jobs::Jobs& jobs) {
  const services::Policy& policy = core_.policy;
  jobs.drive("submit", submitting_, core_.signals.submit, policy.submit_parallel);
  jobs.drive("poll", following_, core_.signals.poll, policy.poll_parallel);
  jobs.drive("store", keeping_, core_.signals.store, policy.store_parallel);
  jobs.repeat("reaper", reaping_, policy.reap_interval);
  jobs.repeat("measurer", measuring_, policy.measure_interval);
  jobs.repeat("sweeper", sweeping_, policy.sweep_interval);
}

}  // namespace aisha::app
