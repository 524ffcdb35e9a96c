// SPDX-License-Identifier: Apache-2.0
#include "config/listen.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/encoding.hpp"

namespace aisha::config {
namespace {

constexpr std::size_t kLeastSecret = 22;  // 128 bits in base64
constexpr std::size_t kMostSecret = 256;

bool is_address(const std::string& host) {
  in6_addr parsed{};
  return ::inet_pton(AF_INET, host.c_str(), &parsed) == 1 || ::inet_pton(AF_INET6, host.c_str(), &parsed) == 1;
}

/// The path decides which hook a call comes to; a proxy may put its own prefix before it.
bool ends_at(std::string_view url, std::string_view path) {
  return url.ends_with(path) && url.find_first_of("?#") == std::string_view::npos;
}

}  // namespace

std::optional<ListenAddress> parse_listen(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  ListenAddress out;
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  out.host = std::string(bracketed ? host.substr(1, host.size() - 2) : host);
  const bool is_v6 = out.host.find(':') != std::string::npos;
  if (is_v6 != bracketed || (out.host != "localhost" && !is_address(out.host))) {
    return std::nullopt;
  }
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (error != std::errc() || end != port.data() + port.size() || port.empty()) {
    return std::nullopt;
  }
  return out;
}

Secret webhook_secret_of(const Telegram& telegram) {
  if (!telegram.webhook_secret.empty()) {
    return telegram.webhook_secret;
  }
  const auto derived = encoding::hmac_sha256(telegram.token.reveal(), "aisha telegram webhook secret");
  return Secret(encoding::base64url(derived));
}

std::string webhook_problem(const Config& config) {
  const Telegram& telegram = config.telegram;
  if (!config.server.listen.empty() && !parse_listen(config.server.listen)) {
    return fmt::format("server.listen: \"{}\" is no address and port, such as 127.0.0.1:8080", config.server.listen);
  }
  if (telegram.updates == "webhook" && telegram.webhook_url.empty()) {
    return "telegram.webhook_url: missing; updates = \"webhook\" needs the public address of this bot";
  }
  if (!telegram.webhook_url.empty() && !ends_at(telegram.webhook_url, "/telegram")) {
    return "telegram.webhook_url: must end with /telegram, the path that Aisha answers";
  }
  if (!config.fal.webhook_url.empty() && !ends_at(config.fal.webhook_url, "/fal")) {
    return "fal.webhook_url: must end with /fal, the path that Aisha answers";
  }
  if (!telegram.webhook_certificate.empty() && ::access(telegram.webhook_certificate.c_str(), R_OK) != 0) {
    return fmt::format("telegram.webhook_certificate: {} cannot be read", telegram.webhook_certificate);
  }
  return "";
}

std::string webhook_secret_problem(const Telegram& telegram) {
  const std::string& secret = telegram.webhook_secret.reveal();
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  if (secret.empty() ||
      (secret.size() >= kLeastSecret && secret.size() <= kMostSecret && std::ranges::all_of(secret, allowed))) {
    return "";
  }
  return fmt::format("telegram.webhook_secret: needs {} to {} characters of A-Z, a-z, 0-9, _ and -", kLeastSecret,
                     kMostSecret);
}

}  // namespace aisha::config
