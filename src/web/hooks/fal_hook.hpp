// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/server/router.hpp"
#include "services/jobs/webhook_intake.hpp"
#include "web/hooks/refusals.hpp"

namespace aisha::web {

/// fal's webhook, the token of one attempt in its path. Loop thread only.
class FalHook {
 public:
  FalHook(services::WebhookIntake& intake, Refusals& refusals) : intake_(intake), refusals_(refusals) {}

  Task<http::ServerResponse> take(http::ServerRequest request);
  /// From now on 503: fal comes again, and polling finds what it had to say.
  void close() { closed_ = true; }

 private:
  services::WebhookIntake& intake_;
  Refusals& refusals_;
  bool closed_ = false;
};

}  // namespace aisha::web
