// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/secret.hpp"
#include "http/client/client.hpp"
#include "providers/price_list.hpp"

namespace aisha::providers::fal {

struct PriceOptions {
  Secret key;
  std::string api_url = "https://api.fal.ai";
  Millis timeout{10'000};
};

/// fal.ai's platform API (docs.fal.ai, "Platform APIs": GET /v1/models/pricing). `http` must outlive it. Loop thread
/// only.
class FalPrices final : public PriceList {
 public:
  FalPrices(http::Client& http, PriceOptions options) : http_(http), options_(std::move(options)) {}

  Task<Result<std::optional<ListedPrice>>> price_of(std::string endpoint) override;

 private:
  http::Client& http_;
  PriceOptions options_;
};

}  // namespace aisha::providers::fal
