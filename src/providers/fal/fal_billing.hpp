// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/secret.hpp"
#include "http/client/client.hpp"
#include "providers/billing.hpp"

namespace aisha::providers::fal {

struct BillingOptions {
  Secret admin_key;  ///< fal takes no other for this
  std::string api_url = "https://api.fal.ai";
  Millis timeout{10'000};
  std::int64_t page_size = 1'000;  ///< fal's most is 10,000
};

/// fal.ai's platform API (docs.fal.ai, "Platform APIs": GET /v1/models/billing-events). `http` must outlive it. Loop
/// thread only.
class FalBilling final : public Billing {
 public:
  FalBilling(http::Client& http, BillingOptions options) : http_(http), options_(std::move(options)) {}

  Task<Result<BillPage>> page(TimePoint since, TimePoint until, std::string after) override;

 private:
  http::Client& http_;
  BillingOptions options_;
};

}  // namespace aisha::providers::fal
