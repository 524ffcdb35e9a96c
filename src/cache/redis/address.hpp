// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace aisha::cache::redis {

struct Address {
  std::string host;
  std::uint16_t port = 6379;
  std::string user;  ///< "" = the server's default user
  Secret password;   ///< empty = none is sent
  int database = 0;

  /// "host:port", fit for logs.
  std::string name() const;
};

/// "redis://[[user]:password@]host[:port][/database]"; user and password may be percent-encoded. Errc::config_invalid,
/// whose detail never repeats the URL.
Result<Address> parse_address(const std::string& url);

}  // namespace aisha::cache::redis
