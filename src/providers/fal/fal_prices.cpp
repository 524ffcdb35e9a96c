// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_prices.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "providers/fal/answers.hpp"

namespace aisha::providers::fal {
namespace {

Result<std::optional<ListedPrice>> read_prices(const std::string& text, const std::string& endpoint) {
  const auto body = json::parse(text);
  const json::Value* prices = body && body->is_object() ? body->get_object().if_contains("prices") : nullptr;
  if (prices == nullptr || !prices->is_array()) {
    return fail(Errc::provider_protocol, "prices: the answer has none");
  }
  for (const json::Value& item : prices->get_array()) {
    const json::Object* price = item.if_object();
    const json::Value* id = price == nullptr ? nullptr : price->if_contains("endpoint_id");
    if (id == nullptr || !id->is_string() || id->get_string() != endpoint) {
      continue;
    }
    const json::Value* amount = price->if_contains("unit_price");
    const json::Value* unit = price->if_contains("unit");
    if (amount == nullptr || !amount->is_number()) {
      return fail(Errc::provider_protocol, "prices: no unit_price");
    }
    return ListedPrice{std::llround(amount->to_number<double>() * 1e6),
                       unit != nullptr && unit->is_string() ? std::string(unit->get_string()) : std::string()};
  }
  return std::optional<ListedPrice>();
}

}  // namespace

Task<Result<std::optional<ListedPrice>>> FalPrices::price_of(std::string endpoint) {
  http::Request request;
  request.method = "GET";
  request.url =
      fmt::format("{}/v1/models/pricing?endpoint_id={}", options_.api_url, encoding::percent_encode(endpoint));
  request.timeout = options_.timeout;
  request.max_body = 1U << 20U;
  request.headers = {{"Authorization", "Key " + options_.key.reveal()}, {"Accept", "application/json"}};
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    co_return fail(Errc::unavailable, response.error().detail);
  }
  // A gateway's own 404 says nothing of the endpoint.
  if (response->status == 404 && read_complaint(*response).from_fal) {
    co_return std::optional<ListedPrice>();
  }
  if (response->status == 401 || response->status == 403) {
    co_return fail(Errc::provider_auth, fmt::format("prices: HTTP {}", response->status));
  }
  if (response->status != 200) {
    co_return fail(Errc::unavailable, fmt::format("prices: HTTP {}", response->status));
  }
  co_return read_prices(response->body, endpoint);
}

}  // namespace aisha::providers::fal
