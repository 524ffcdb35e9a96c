// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/probe.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstring>

namespace aisha::app {
namespace {

Task<void> send(http::Client& client, http::Request request, Result<http::Response>& out) {
  out = co_await client.send(std::move(request));
}

}  // namespace

Result<http::Response> ask_once(http::Request request, http::ProxyRules proxies) {
  boost::asio::io_context loop;
  const auto client = http::make_client(loop.get_executor(), std::move(proxies));
  Result<http::Response> answer = fail(Errc::net_unknown, "no answer");
  boost::asio::co_spawn(loop, send(*client, std::move(request), answer), [](std::exception_ptr) {});
  loop.run();
  return answer;
}

std::optional<json::Value> probe_json(const std::string& url) {
  http::Request request;
  request.url = url;
  request.timeout = Millis(2'000);
  const auto answer = ask_once(std::move(request));
  if (!answer || answer->status / 100 != 2) {
    return std::nullopt;
  }
  auto value = json::parse(answer->body);
  return value ? std::optional(std::move(*value)) : std::nullopt;
}

bool bot_is_ready(const std::string& url) {
  const auto health = probe_json(url + "/sim/health");
  const auto* bot = health && health->is_object() ? health->get_object().if_contains("bot") : nullptr;
  const auto* ready = bot != nullptr && bot->is_object() ? bot->get_object().if_contains("ready") : nullptr;
  return ready != nullptr && *ready == true;
}

std::string port_problem(const std::string& host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) {
    return fmt::format("{}: not an IPv4 address", host);
  }
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  const int why = errno;
  ::close(probe);
  return bound ? "" : fmt::format("{}:{}: {}; choose another with --port", host, port, std::strerror(why));
}

std::uint16_t free_port(const std::string& host) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  socklen_t size = sizeof address;
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool bound = ::inet_pton(AF_INET, host.c_str(), &address.sin_addr) == 1 &&
                     ::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                     ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(probe);
  return bound ? ntohs(address.sin_port) : std::uint16_t{0};
}

}  // namespace aisha::app
