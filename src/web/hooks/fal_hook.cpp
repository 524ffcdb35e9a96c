// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/fal_hook.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <cctype>
#include <exception>

#include "base/log.hpp"
#include "web/hooks/answers.hpp"

namespace aisha::web {
namespace {

providers::WebhookCall call_of(http::ServerRequest request) {
  providers::WebhookCall call;
  for (http::Header& header : request.headers) {
    std::ranges::transform(header.name, header.name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    call.headers.emplace(std::move(header.name), std::move(header.value));
  }
  call.body = std::move(request.body);
  return call;
}

http::ServerResponse answer_to(Errc code) {
  switch (code) {
    case Errc::fal_bad_signature:
    case Errc::fal_stale: return refused(401, code);
    // Told again it would be the same: no storm of repetitions.
    case Errc::fal_foreign:
    case Errc::provider_protocol: return accepted();
    default: return come_again();
  }
}

}  // namespace

Task<http::ServerResponse> FalHook::take(http::ServerRequest request) {
  if (closed_) {
    co_return come_again();
  }
  std::string token = request.params["token"];
  try {
    const auto kept = co_await intake_.take(std::move(token), call_of(std::move(request)));
    if (kept) {
      co_return accepted();
    }
    refusals_.note(kept.error().code);
    co_return answer_to(kept.error().code);
  } catch (const boost::system::system_error& error) {
    if (error.code() == boost::asio::error::operation_aborted) {
      throw;  // the server stops
    }
    log::error("a webhook of fal could not be kept: {}", error.what());
  } catch (const std::exception& error) {
    log::error("a webhook of fal could not be kept: {}", error.what());
  }
  co_return come_again();
}

}  // namespace aisha::web
