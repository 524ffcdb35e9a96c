// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_platform.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "providers/fal/answers.hpp"
#include "providers/fal/fal_writer.hpp"

namespace aisha::providers::fal {
namespace {

constexpr std::size_t kMostBytes = 8U << 20U;

std::optional<double> number_at(const json::Object& object, std::string_view key) {
  const json::Value* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? std::optional(value->to_number<double>()) : std::nullopt;
}

/// Millionths of what is told in dollars.
std::int64_t micro(double usd) {
  return std::llround(usd * 1e6);
}

/// The objects of the answer's list of that name; Errc::provider_protocol when it has none, or something else in it.
Result<std::vector<const json::Object*>> list_at(const Result<json::Value>& body, std::string_view key) {
  const json::Object* object = body ? body->if_object() : nullptr;
  const json::Value* list = object == nullptr ? nullptr : object->if_contains(key);
  if (list == nullptr || !list->is_array()) {
    return fail(Errc::provider_protocol, fmt::format("the answer has no {}", key));
  }
  std::vector<const json::Object*> out;
  for (const json::Value& item : list->get_array()) {
    if (!item.is_object()) {
      return fail(Errc::provider_protocol, fmt::format("{} holds what is no object", key));
    }
    out.push_back(&item.get_object());
  }
  return out;
}

Result<std::optional<ListedPrice>> read_prices(const std::string& text, const std::string& endpoint) {
  const auto body = json::parse(text);
  const auto prices = list_at(body, "prices");
  if (!prices) {
    return std::unexpected(prices.error());
  }
  for (const json::Object* price : *prices) {
    if (text_at(*price, "endpoint_id") != endpoint) {
      continue;
    }
    const auto amount = number_at(*price, "unit_price");
    if (!amount) {
      return fail(Errc::provider_protocol, "prices: no unit_price");
    }
    return ListedPrice{micro(*amount), text_at(*price, "unit")};
  }
  return std::optional<ListedPrice>();
}

/// In nano dollars where it says so, else units by their price.
std::optional<std::int64_t> cost_of(const json::Object& event) {
  if (const auto nano = number_at(event, "cost_estimate_nano_usd")) {
    return micro(*nano / 1e9);
  }
  const auto units = number_at(event, "output_units");
  const auto price = number_at(event, "unit_price");
  if (!units || !price) {
    return std::nullopt;
  }
  const double discount = number_at(event, "percent_discount").value_or(0);
  return micro(*units * *price * (1 - discount / 100));
}

/// The page behind `after`.
Result<BillPage> read_page(const std::string& text, const std::string& after) {
  const auto body = json::parse(text);
  const auto events = list_at(body, "billing_events");
  if (!events) {
    return std::unexpected(events.error());
  }
  BillPage out;
  for (const json::Object* event : *events) {
    const auto cost = cost_of(*event);
    std::string id = text_at(*event, "request_id");
    if (!cost || id.empty()) {
      return fail(Errc::provider_protocol, "billing: an event without its request or its cost");
    }
    std::string endpoint = text_at(*event, "endpoint_id");
    const bool makes_words = endpoint == kWriterEndpoint;
    out.requests.push_back({std::move(id), std::move(endpoint), *cost, makes_words});
  }
  const json::Value* more = body->get_object().if_contains("has_more");
  if (more != nullptr && more->is_bool() && more->get_bool()) {
    out.next = text_at(body->get_object(), "next_cursor");
    // Half a bill must not look like a whole one, nor the same page come for ever.
    if (out.next.empty() || out.next == after) {
      return fail(Errc::provider_protocol, "billing: there is more, and no way to it");
    }
  }
  return out;
}

}  // namespace

Task<Result<http::Response>> FalPlatform::ask(std::string method, std::string path, Secret key) {
  http::Request request;
  request.method = std::move(method);
  request.url = options_.api_url + path;
  request.timeout = options_.timeout;
  request.max_body = kMostBytes;
  request.headers = {{"Authorization", "Key " + key.reveal()}, {"Accept", "application/json"}};
  auto response = co_await http_.send(std::move(request));
  if (!response) {
    co_return fail(Errc::unavailable, response.error().detail);
  }
  if (response->status == 401 || response->status == 403) {
    co_return fail(Errc::provider_auth, fmt::format("{}: HTTP {}", path.substr(0, path.find('?')), response->status));
  }
  co_return std::move(*response);
}

Task<Result<std::optional<ListedPrice>>> FalPlatform::price_of(std::string endpoint) {
  std::string path = "/v1/models/pricing?endpoint_id=" + encoding::percent_encode(endpoint);
  const auto response = co_await ask("GET", std::move(path), options_.key);
  if (!response) {
    co_return std::unexpected(response.error());
  }
  // A gateway's own 404 says nothing of the endpoint.
  if (response->status == 404 && read_complaint(*response).from_fal) {
    co_return std::optional<ListedPrice>();
  }
  if (response->status != 200) {
    co_return fail(Errc::unavailable, fmt::format("prices: HTTP {}", response->status));
  }
  co_return read_prices(response->body, endpoint);
}

Task<Result<void>> FalPlatform::remove(std::string request_id) {
  std::string path = fmt::format("/v1/models/requests/{}/payloads", encoding::percent_encode(request_id));
  const auto response = co_await ask("DELETE", std::move(path), options_.admin_key);
  if (!response) {
    co_return std::unexpected(response.error());
  }
  const int status = response->status;
  if ((status >= 200 && status < 300) || status == 404 || status == 410) {
    co_return Result<void>();
  }
  const bool passing = status == 429 || status >= 500;
  co_return fail(passing ? Errc::unavailable : Errc::provider_rejected, fmt::format("payloads: HTTP {}", status));
}

Task<Result<BillPage>> FalPlatform::page(TimePoint since, TimePoint until, std::string after) {
  std::string path =
      fmt::format("/v1/models/billing-events?start={}&end={}&limit={}", encoding::percent_encode(to_iso8601(since)),
                  encoding::percent_encode(to_iso8601(until)), options_.bill_page);
  if (!after.empty()) {
    path += "&cursor=" + encoding::percent_encode(after);
  }
  const auto response = co_await ask("GET", std::move(path), options_.admin_key);
  if (!response) {
    co_return std::unexpected(response.error());
  }
  if (response->status != 200) {
    co_return fail(Errc::unavailable, fmt::format("billing: HTTP {}", response->status));
  }
  co_return read_page(response->body, after);
}

}  // namespace aisha::providers::fal
