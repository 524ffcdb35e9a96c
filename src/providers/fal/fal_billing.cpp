// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_billing.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

#include "base/encoding.hpp"
#include "base/json.hpp"

namespace aisha::providers::fal {
namespace {

constexpr std::size_t kMostBytes = 8U << 20U;

std::string text_at(const json::Object& object, std::string_view key) {
  const json::Value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<double> number_at(const json::Object& object, std::string_view key) {
  const json::Value* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? std::optional(value->to_number<double>()) : std::nullopt;
}

/// In nano dollars where it says so, else units by their price.
std::optional<std::int64_t> cost_of(const json::Object& event) {
  if (const auto nano = number_at(event, "cost_estimate_nano_usd")) {
    return std::llround(*nano / 1e3);
  }
  const auto units = number_at(event, "output_units");
  const auto price = number_at(event, "unit_price");
  if (!units || !price) {
    return std::nullopt;
  }
  const double discount = number_at(event, "percent_discount").value_or(0);
  return std::llround(*units * *price * (1 - discount / 100) * 1e6);
}

Result<BillPage> read_page(const std::string& text) {
  const auto body = json::parse(text);
  const json::Object* page = body ? body->if_object() : nullptr;
  const json::Value* events = page == nullptr ? nullptr : page->if_contains("billing_events");
  if (events == nullptr || !events->is_array()) {
    return fail(Errc::provider_protocol, "billing: the answer has no events");
  }
  BillPage out;
  for (const json::Value& item : events->get_array()) {
    const json::Object* event = item.if_object();
    const auto cost = event == nullptr ? std::nullopt : cost_of(*event);
    if (!cost || text_at(*event, "request_id").empty()) {
      return fail(Errc::provider_protocol, "billing: an event without its request or its cost");
    }
    out.requests.push_back({text_at(*event, "request_id"), text_at(*event, "endpoint_id"), *cost});
  }
  const json::Value* more = page->if_contains("has_more");
  if (more != nullptr && more->is_bool() && more->get_bool()) {
    out.next = text_at(*page, "next_cursor");
  }
  return out;
}

}  // namespace

Task<Result<BillPage>> FalBilling::page(TimePoint since, TimePoint until, std::string after) {
  http::Request request;
  request.method = "GET";
  request.url = fmt::format("{}/v1/models/billing-events?start={}&end={}&limit={}", options_.api_url,
                            encoding::percent_encode(to_iso8601(since)), encoding::percent_encode(to_iso8601(until)),
                            options_.page_size);
  if (!after.empty()) {
    request.url += "&cursor=" + encoding::percent_encode(after);
  }
  request.timeout = options_.timeout;
  request.max_body = kMostBytes;
  request.headers = {{"Authorization", "Key " + options_.admin_key.reveal()}, {"Accept", "application/json"}};
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    co_return fail(Errc::unavailable, response.error().detail);
  }
  const int status = response->status;
  if (status == 401 || status == 403) {
    co_return fail(Errc::provider_auth, fmt::format("billing: HTTP {}", status));
  }
  if (status != 200) {
    co_return fail(Errc::unavailable, fmt::format("billing: HTTP {}", status));
  }
  co_return read_page(response->body);
}

}  // namespace aisha::providers::fal
