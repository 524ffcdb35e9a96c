// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/config.hpp"

/// Settings of the HTTP listener and of the two webhooks that come in through it.
namespace aisha::config {

struct ListenAddress {
  std::string host;  ///< an IP address, IPv6 without its brackets
  std::uint16_t port = 0;
};

/// "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; nothing for any other form, names included: a name may mean
/// several addresses.
std::optional<ListenAddress> parse_listen(std::string_view text);

/// What Telegram sends along with each update. Without `webhook_secret` it is derived from the token, so that all
/// processes agree on it.
Secret webhook_secret_of(const Telegram& telegram);

/// One sentence about the first thing that is wrong with listener and webhooks; "" when all is well.
std::string webhook_problem(const Config& config);
/// The same for the secret, whose value never appears.
std::string webhook_secret_problem(const Telegram& telegram);

}  // namespace aisha::config
