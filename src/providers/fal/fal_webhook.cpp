// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_webhook.hpp"

#include <algorithm>
#include <charconv>

#include "base/json.hpp"
#include "providers/fal/answers.hpp"

namespace aisha::providers::fal {
namespace {

constexpr std::size_t kMostId = 200;

bool any_signed(const SignedCall& call, const std::vector<PublicKey>& keys) {
  return std::ranges::any_of(keys, [&](const PublicKey& key) { return is_signed_by(call, key); });
}

/// "Invalid status code: 422" -> 422; 0 when it ends in no number.
int status_in(std::string_view error) {
  const auto digits = error.find_last_not_of("0123456789");
  const std::string_view number = digits == std::string_view::npos ? error : error.substr(digits + 1);
  int out = 0;
  std::from_chars(number.data(), number.data() + number.size(), out);
  return out;
}

/// Others may pass or say nothing about the picture: the result is asked for.
bool is_final(Errc code) {
  return code == Errc::provider_rejected || code == Errc::provider_failed || code == Errc::provider_timeout ||
         code == Errc::job_cancelled;
}

}  // namespace

Task<Result<void>> FalWebhook::prove(const WebhookCall& call) {
  const auto signed_call = read_signed(call, wall_.now());
  if (!signed_call) {
    co_return std::unexpected(signed_call.error());
  }
  const auto known = co_await keys_.keys();
  if (!known) {
    co_return std::unexpected(known.error());
  }
  if (any_signed(*signed_call, *known)) {
    co_return Result<void>();
  }
  const auto newer = co_await keys_.newer_keys();
  if (newer ? any_signed(*signed_call, *newer) : false) {
    co_return Result<void>();
  }
  const bool cannot_tell = !newer && newer.error().code == Errc::unavailable;
  co_return fail(cannot_tell ? Errc::unavailable : Errc::fal_bad_signature, "no key of fal's made this signature");
}

Result<WebhookNews> FalWebhook::read(const WebhookCall& call, const OutputShape& shape) const {
  const auto value = json::parse(call.body);
  const auto* body = value ? value->if_object() : nullptr;
  const std::string id = body != nullptr ? text_at(*body, "request_id") : std::string();
  if (id.empty() || id.size() > kMostId) {
    return fail(Errc::provider_protocol, "webhook: no request_id");
  }
  WebhookNews news;
  news.request_id = std::string(id);
  // The result is read as if it had been asked for: one place knows the model's answers.
  http::Response answer;
  const auto* payload = body->if_contains("payload");
  answer.body = payload != nullptr ? json::serialize(*payload) : "null";
  if (text_at(*body, "status") == "OK") {
    answer.status = 200;
    if (auto result = read_result(answer, shape)) {
      news.result = std::move(*result);
    }
    return news;
  }
  answer.status = status_in(text_at(*body, "error"));
  if (const Error error = result_error(answer); answer.status >= 400 && is_final(error.code)) {
    news.result = std::unexpected(error);
  }
  return news;
}

}  // namespace aisha::providers::fal
