// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "providers/fal/key_ring.hpp"
#include "providers/webhook.hpp"

namespace aisha::providers::fal {

/// fal's webhooks. `wall` is the wall clock as it is now, which fal's timestamps are held against.
class FalWebhook final : public WebhookReader {
 public:
  FalWebhook(KeyRing& keys, const Clock& wall) : keys_(keys), wall_(wall) {}

  Task<Result<void>> prove(const WebhookCall& call) override;
  Result<WebhookNews> read(const WebhookCall& call, const OutputShape& shape) const override;

 private:
  KeyRing& keys_;
  const Clock& wall_;
};

}  // namespace aisha::providers::fal
