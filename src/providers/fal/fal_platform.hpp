// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/secret.hpp"
#include "http/client/client.hpp"
#include "providers/billing.hpp"
#include "providers/payloads.hpp"
#include "providers/price_list.hpp"

namespace aisha::providers::fal {

struct PlatformOptions {
  Secret key;
  Secret admin_key;  ///< fal takes no other for payloads and bills; "" = neither can be asked for
  std::string api_url = "https://api.fal.ai";
  Millis timeout{10'000};
  std::int64_t bill_page = 1'000;  ///< requests a page of a bill; fal's most is 10,000
};

/// fal.ai's platform API (docs.fal.ai, "Platform APIs": GET /v1/models/pricing, GET /v1/models/billing-events, DELETE
/// /v1/models/requests/{request_id}/payloads). `http` must outlive it. Loop thread only.
class FalPlatform final : public PriceList, public Payloads, public Billing {
 public:
  FalPlatform(http::Client& http, PlatformOptions options) : http_(http), options_(std::move(options)) {}

  Task<Result<std::optional<ListedPrice>>> price_of(std::string endpoint) override;

  bool may_remove() const override { return !options_.admin_key.empty(); }
  Task<Result<void>> remove(std::string request_id) override;

  Task<Result<BillPage>> page(TimePoint since, TimePoint until, std::string after) override;

 private:
  /// Any answer but that the key is refused: Errc::provider_auth. Also unavailable.
  Task<Result<http::Response>> ask(std::string method, std::string path, Secret key);

  http::Client& http_;
  PlatformOptions options_;
};

}  // namespace aisha::providers::fal
