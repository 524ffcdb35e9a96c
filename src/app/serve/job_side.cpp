// SPDX-License-Identifier: Apache-2.0
#include "app/serve/job_side.hpp"

namespace aisha::app {

JobSide::JobSide(Core& core)
    : core_(core),
      submit_worker_(core.context, core.provider, core.provider_state),
      poll_worker_(core.context, core.provider_side()),
      result_worker_(core.context, core.provider_side(),
                     services::PictureSide{core.clients.imager, core.clients.blobs}),
      reaper_(core.context, core.provider_side()),
      sweeper_(core.context, core.clients.blobs),
      samplers_(core.context, core.provider_state) {}

void JobSide::drive(loops::Loops& loops) {
  const services::Policy& policy = core_.policy;
  loops.drive("submit", submit_worker_, core_.signals.submit, policy.submit_parallel);
  loops.drive("poll", poll_worker_, core_.signals.poll, policy.poll_parallel);
  loops.drive("store", result_worker_, core_.signals.store, policy.store_parallel);
  loops.repeat("reaper", reaper_, policy.reap_interval);
  loops.repeat("measurer", samplers_, policy.measure_interval);
  loops.repeat("sweeper", sweeper_, policy.sweep_interval);
}

}  // namespace aisha::app
