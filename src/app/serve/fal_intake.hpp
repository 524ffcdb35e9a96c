// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/serve/core.hpp"
#include "providers/fal/fal_webhook.hpp"
#include "services/jobs/webhook_intake.hpp"
#include "web/hooks/fal_hook.hpp"

namespace aisha::app {

/// fal's webhooks, from the request to the tables. `wall` is the wall clock as it is set now, which fal's timestamps
/// are held against. What it is given outlives it.
class FalIntake {
 public:
  FalIntake(Core& core, const config::Config& config, const Clock& wall, web::Refusals& refusals);

  web::FalHook& hook() { return hook_; }

 private:
  providers::fal::KeyRing keys_;
  providers::fal::FalWebhook reader_;
  services::WebhookIntake intake_;
  web::FalHook hook_;
};

}  // namespace aisha::app
