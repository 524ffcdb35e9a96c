// SPDX-License-Identifier: Apache-2.0
#include "cache/redis/dial.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aisha::cache::redis {
namespace {

namespace asio = boost::asio;

constexpr Millis kInspection{2'000};

bool is_text(const std::optional<Reply>& reply, std::string_view text) {
  return reply && reply->kind == Reply::Kind::text && reply->text == text;
}

/// An error's first word. The rest may repeat what was sent, and a password was.
std::string reason_of(const std::optional<Reply>& reply) {
  if (!reply) {
    return "no answer";
  }
  if (reply->kind != Reply::Kind::refused) {
    return "an answer that is not Redis'";
  }
  const std::string word = reply->text.substr(0, reply->text.find(' '));
  const bool is_code = std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_code ? word : "an error";
}

/// "" or why the server is no use.
Task<std::string> greet(std::shared_ptr<Link> link, Address address, Millis budget) {
  if (!address.password.empty()) {
    std::vector<std::string> words{"AUTH"};
    if (!address.user.empty()) {
      words.push_back(address.user);
    }
    words.push_back(address.password.reveal());
    const auto reply = co_await link->ask(std::move(words), budget);
    if (!is_text(reply, "OK")) {
      co_return "AUTH: " + reason_of(reply);
    }
  }
  if (address.database != 0) {
    std::vector<std::string> words{"SELECT", std::to_string(address.database)};
    const auto reply = co_await link->ask(std::move(words), budget);
    if (!is_text(reply, "OK")) {
      co_return "SELECT: " + reason_of(reply);
    }
  }
  std::vector<std::string> words{"PING"};
  const auto reply = co_await link->ask(std::move(words), budget);
  co_return is_text(reply, "PONG") ? std::string() : "PING: " + reason_of(reply);
}

Task<std::vector<std::string>> resolve(Executor loop, Address address) {
  boost::system::error_code failed;
  const auto numeric = asio::ip::make_address(address.host, failed);
  std::vector<std::string> out;
  if (!failed) {
    out.push_back(numeric.to_string());
    co_return out;
  }
  asio::ip::tcp::resolver resolver(loop);
  const std::string port = std::to_string(address.port);
  auto [error, found] = co_await resolver.async_resolve(address.host, port, asio::as_tuple(asio::use_awaitable));
  if (!error) {
    for (const auto& entry : found) {
      out.push_back(entry.endpoint().address().to_string());
    }
  }
  co_return out;
}

/// The value of "name:value" in an answer to INFO.
std::string line_of(const std::optional<Reply>& info, std::string_view name) {
  const std::string key = "\n" + std::string(name) + ":";
  const auto at = info ? info->text.find(key) : std::string::npos;
  if (at == std::string::npos) {
    return "";
  }
  const auto begin = at + key.size();
  return info->text.substr(begin, info->text.find_first_of("\r\n", begin) - begin);
}

}  // namespace

Task<Result<std::shared_ptr<Link>>> dial(Executor loop, Address address, Millis budget) {
  const auto addresses = co_await resolve(loop, address);
  std::string why = addresses.empty() ? "its name is not known" : "it refuses the connection";
  for (const std::string& ip : addresses) {
    auto link = open_link(loop, ip, address.port);
    if (!link) {
      continue;
    }
    why = co_await greet(link, address, budget);
    if (why.empty()) {
      co_return link;
    }
    link->close();
  }
  co_return fail(Errc::unavailable, std::move(why));
}

Task<Result<Sight>> inspect(Executor loop, Address address) {
  const auto link = co_await dial(std::move(loop), std::move(address), kInspection);
  if (!link) {
    co_return std::unexpected(link.error());
  }
  std::vector<std::string> about_server{"INFO", "server"};
  const auto server = co_await (*link)->ask(std::move(about_server), kInspection);
  std::vector<std::string> about_memory{"INFO", "memory"};
  const auto memory = co_await (*link)->ask(std::move(about_memory), kInspection);
  (*link)->close();
  Sight out;
  out.version = line_of(server, "redis_version");
  if (line_of(memory, "maxmemory") != "0") {
    out.eviction = line_of(memory, "maxmemory_policy");
  }
  co_return out;
}

}  // namespace aisha::cache::redis
