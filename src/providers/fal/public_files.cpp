// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/public_files.hpp"

#include <fmt/format.h>

#include <memory>

#include "providers/fal/urls.hpp"

namespace aisha::providers::fal {
namespace {

constexpr Millis kWholeFile{3'600'000};

Error meaning_of(const Error& error) {
  switch (error.code) {
    case Errc::net_too_large:
    case Errc::result_address_refused:
    case Errc::disk_full: return error;
    default: return {Errc::unavailable, error.detail};
  }
}

/// Nothing: the file came.
std::optional<Error> refusal_of(int status) {
  std::string detail = fmt::format("HTTP {}", status);
  if (status == 200) {
    return std::nullopt;
  }
  if (status >= 300 && status < 400) {
    return Error{Errc::result_redirect_refused, std::move(detail)};
  }
  return Error{status == 404 || status == 410 ? Errc::result_gone : Errc::unavailable, std::move(detail)};
}

}  // namespace

Task<Result<Digest>> PublicFiles::fetch(std::string url, std::string path, std::uint64_t most) {
  const auto rule = check_public(options_, url);
  if (!rule) {
    co_return std::unexpected(rule.error());
  }
  const auto sink = std::make_shared<http::FileSink>(std::move(path));
  http::Request request;
  request.url = std::move(url);
  request.headers = {{"Accept-Encoding", "identity"}};
  request.timeout = kWholeFile;
  request.stall_timeout = options_.download_stall;
  request.max_body = most;
  request.sink = sink;
  request.peers = rule->exempt ? http::Peers::any : http::Peers::public_only;
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    co_return std::unexpected(meaning_of(response.error()));
  }
  if (auto refused = refusal_of(response->status)) {
    co_return std::unexpected(std::move(*refused));
  }
  sink->keep();
  co_return sink->finish();
}

}  // namespace aisha::providers::fal
