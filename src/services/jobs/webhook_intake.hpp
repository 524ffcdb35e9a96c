// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "providers/webhook.hpp"
#include "services/context/context.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/jobs/remote.hpp"

namespace aisha::services {

/// The provider's webhooks: proven, matched with an attempt of ours, kept as its last word.
class WebhookIntake {
 public:
  /// `link` is the one that the loops use.
  WebhookIntake(Context context, JobKinds kinds, ProviderLink link, providers::WebhookReader& reader)
      : context_(context), kinds_(kinds), link_(link), reader_(reader) {}

  /// `token` is the one in the address, ours for one attempt. Durable when it returns without error: then, and only
  /// then, the provider may be told. Errors: fal_bad_signature, fal_stale; fal_foreign (proven, but of no request of
  /// ours, or of one that ended long ago) and provider_protocol (proven, but unreadable; polling will tell), after
  /// which a repetition helps nobody; unavailable (come again). Throws on an outage.
  Task<Result<void>> take(std::string token, providers::WebhookCall call);

 private:
  Task<Result<void>> ask_soon(std::string token, std::string request_id, domain::JobState state);

  Context context_;
  JobKinds kinds_;
  ProviderLink link_;
  providers::WebhookReader& reader_;
};

}  // namespace aisha::services
