// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/secret.hpp"
#include "http/client/client.hpp"
#include "providers/payloads.hpp"

namespace aisha::providers::fal {

struct PayloadOptions {
  Secret admin_key;  ///< fal takes no other for this; "" = nothing can be removed
  std::string api_url = "https://api.fal.ai";
  Millis timeout{10'000};
};

/// fal.ai's platform API (docs.fal.ai, "Platform APIs": DELETE /v1/models/requests/{request_id}/payloads). `http` must
/// outlive it. Loop thread only.
class FalPayloads final : public Payloads {
 public:
  FalPayloads(http::Client& http, PayloadOptions options) : http_(http), options_(std::move(options)) {}

  bool may_remove() const override { return !options_.admin_key.empty(); }
  Task<Result<void>> remove(std::string request_id) override;

 private:
  http::Client& http_;
  PayloadOptions options_;
};

}  // namespace aisha::providers::fal
