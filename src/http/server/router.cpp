// SPDX-License-Identifier: Apache-2.0
#include "http/server/router.hpp"

#include <fmt/format.h>
#include <strings.h>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <exception>

#include "base/error.hpp"
#include "base/log.hpp"

namespace aisha::http {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    const auto end = path.find('/');
    parts.emplace_back(path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  }
  return parts;
}

bool match(const std::vector<std::string>& pattern, std::string_view path, std::map<std::string, std::string>& params) {
  params.clear();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string& part = pattern[i];
    if (!path.starts_with('/')) {
      return false;
    }
    path.remove_prefix(1);
    if (part.starts_with('*')) {
      params[part.substr(1)] = std::string(path);
      return true;
    }
    const auto end = path.find('/');
    const std::string_view piece = path.substr(0, end);
    if (part.starts_with(':') ? piece.empty() : piece != part) {
      return false;
    }
    if (part.starts_with(':')) {
      params[part.substr(1)] = std::string(piece);
    }
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  }
  return path.empty();
}

bool takes(const std::string& route, const std::string& method) {
  return route == "*" || route == method || (method == "HEAD" && route == "GET");
}

ServerResponse problem(int status, std::string_view sentence, std::string_view code) {
  ServerResponse response;
  response.status = status;
  response.body = fmt::format(R"({{"error":"{}","code":"{}"}})", sentence, code);
  return response;
}

}  // namespace

std::string_view ServerRequest::header(std::string_view name) const {
  for (const Header& header : headers) {
    if (header.name.size() == name.size() && strncasecmp(header.name.data(), name.data(), name.size()) == 0) {
      return header.value;
    }
  }
  return {};
}

void Router::add(std::string method, std::string pattern, Handler handler) {
  routes_.push_back({std::move(method), split(pattern), std::move(handler)});
}

Task<ServerResponse> Router::route(ServerRequest request) const {
  std::string allowed;
  const Route* found = nullptr;
  for (const Route& route : routes_) {
    if (!match(route.parts, request.path, request.params)) {
      continue;
    }
    if (takes(route.method, request.method)) {
      found = &route;
      break;
    }
    if (allowed.find(route.method) == std::string::npos) {
      allowed += (allowed.empty() ? "" : ", ") + route.method;
    }
  }
  if (found == nullptr && allowed.empty()) {
    co_return problem(404, "no such page", code_of(Errc::not_found));
  }
  if (found == nullptr) {
    ServerResponse refused = problem(405, "this page knows other methods", code_of(Errc::http_bad_request));
    refused.headers.push_back({"Allow", allowed});
    co_return refused;
  }
  const std::string path = request.path;
  try {
    co_return co_await found->handler(std::move(request));
  } catch (const boost::system::system_error& error) {
    if (error.code() == boost::asio::error::operation_aborted) {
      throw;  // the server stops
    }
    log::error("http: {}: {}", path, error.what());
  } catch (const std::exception& error) {
    log::error("http: {}: {}", path, error.what());
  }
  co_return problem(500, "a bug of ours", "internal.bug");
}

}  // namespace aisha::http
