// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>

#include "domain/generation.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/poll_worker.hpp"
#include "services/outbox/outbox_message.hpp"

namespace aisha::services {

/// Brings on what nobody works on: submits without an answer, windows and deadlines that are over, wishes to cancel,
/// news kept and not applied. Every part names the state and epoch it saw, so two reapers do no harm.
class Reaper final : public Chore {
 public:
  Reaper(Context context, ProviderSide side) : context_(context), side_(side) {}

  Task<void> run() override;

 private:
  Task<void> doubt_expired_submits();
  Task<void> close_windows();
  Task<void> cancel_waiting();
  Task<void> cancel_running();
  Task<void> cancel_at_provider(domain::Generation job, providers::RemoteJob remote);
  Task<void> enforce_deadlines();
  Task<bool> end(domain::Generation job, Meaning meaning, Errc why);

  Context context_;
  ProviderSide side_;
  std::map<Uuid, TimePoint> asked_;  // running generations the provider was asked to stop, and when
};

}  // namespace aisha::services
