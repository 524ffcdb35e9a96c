// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "providers/image_generator.hpp"

namespace aisha::providers {

/// A call of the provider to our own address, as it came.
struct WebhookCall {
  std::map<std::string, std::string> headers;  ///< lower-case names
  std::string body;
};

/// What such a call says of one request.
struct WebhookNews {
  std::string request_id;
  /// The pictures, or why there will be none: a final Errc of ImageGenerator::result. Nothing when the call says only
  /// that it is over: the result is to be asked for.
  std::optional<Result<RemoteResult>> result;
};

/// Reads a provider's webhooks. Proving comes first: nothing of an unproven call is looked at.
class WebhookReader {
 public:
  virtual ~WebhookReader() = default;
  /// Errors: fal_bad_signature, fal_stale, unavailable (it cannot be told now: the keys are away).
  virtual Task<Result<void>> prove(const WebhookCall& call) = 0;
  /// Errc::provider_protocol.
  virtual Result<WebhookNews> read(const WebhookCall& call, const OutputShape& shape) const = 0;
};

}  // namespace aisha::providers
