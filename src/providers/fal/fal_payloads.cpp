// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_payloads.hpp"

#include <fmt/format.h>

#include "base/encoding.hpp"

namespace aisha::providers::fal {

Task<Result<void>> FalPayloads::remove(std::string request_id) {
  http::Request request;
  request.method = "DELETE";
  request.url =
      fmt::format("{}/v1/models/requests/{}/payloads", options_.api_url, encoding::percent_encode(request_id));
  request.timeout = options_.timeout;
  request.max_body = 1U << 20U;
  request.headers = {{"Authorization", "Key " + options_.admin_key.reveal()}, {"Accept", "application/json"}};
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    co_return fail(Errc::unavailable, response.error().detail);
  }
  const int status = response->status;
  if ((status >= 200 && status < 300) || status == 404 || status == 410) {
    co_return Result<void>();
  }
  std::string detail = fmt::format("payloads: HTTP {}", status);
  if (status == 401 || status == 403) {
    co_return fail(Errc::provider_auth, std::move(detail));
  }
  const bool passing = status == 429 || status >= 500;
  co_return fail(passing ? Errc::unavailable : Errc::provider_rejected, std::move(detail));
}

}  // namespace aisha::providers::fal
