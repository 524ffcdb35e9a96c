// SPDX-License-Identifier: Apache-2.0
#include "app/serve/job_side.hpp"

namespace aisha::app {
namespace {

constexpr int kClearsAtOnce = 2;

}  // namespace

JobSide::JobSide(Core& core)
    : core_(core),
      prepare_worker_(core.context, core.pictures, core.handover, core.provider_state),
      submit_worker_(core.context, core.pictures, core.provider, core.provider_state),
      poll_worker_(core.context, core.pictures, core.provider_link()),
      result_worker_(core.context, core.pictures),
      reaper_(core.context, core.kinds(), core.provider_link()),
      sweeper_(core.context, core.clients.blobs),
      orphans_(core.context, core.clients.blobs),
      imported_looking_(core.context, core.clients.blobs, core.clients.imager),
      word_index_(core.context),
      samplers_(core.context, core.provider_state),
      clearing_(core.context),
      clears_(core.loop),
      style_counting_(core.context),
      neighbour_counting_(core.context),
      model_check_(core.context, *core.catalogue.models, core.platform, core.model_switch) {}

void JobSide::drive(loops::Loops& loops) {
  const services::Policy& policy = core_.policy;
  const services::JobPace pace = core_.pictures.pace();
  loops.drive("prepare:picture", prepare_worker_, core_.signals.prepare, pace.prepare_parallel);
  loops.drive("submit:picture", submit_worker_, core_.signals.submit, pace.submit_parallel);
  loops.drive("poll:picture", poll_worker_, core_.signals.poll, pace.poll_parallel);
  loops.drive("store:picture", result_worker_, core_.signals.store, pace.store_parallel);
  loops.drive("clearing", clearing_, clears_, kClearsAtOnce);
  loops.repeat("reaper", reaper_, policy.reap_interval);
  loops.repeat("samplers", samplers_, policy.measure_interval);
  loops.repeat("sweeper", sweeper_, policy.sweep_interval);
  loops.repeat("orphans", orphans_, policy.sweep_interval);
  loops.repeat("imported", imported_looking_, policy.sweep_interval);
  loops.repeat("style days", style_counting_, policy.sweep_interval);
  loops.repeat("style neighbours", neighbour_counting_, policy.sweep_interval);
  loops.repeat("models", model_check_, policy.sweep_interval);
  loops.repeat("words", word_index_, policy.words_interval);
}

}  // namespace aisha::app
