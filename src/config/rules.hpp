// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "config/config.hpp"

/// What settings must satisfy together. The values of secrets never appear in a message.
namespace aisha::config {

/// First line of the file. Errc::config_secret names file and mode when others can read it. A file in
/// $CREDENTIALS_DIRECTORY is systemd's own business.
Result<Secret> read_secret_file(const std::string& path, const Environment& environment);

/// Errc::config_secret when group or world can read a file that holds secrets.
Result<void> check_file_is_private(const std::string& path);

/// Token shape, schemes of URLs, plain http to public hosts, demo avatars.
Result<Config> check_rules(Config config);

}  // namespace aisha::config
