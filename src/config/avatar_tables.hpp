// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <toml++/toml.h>
#include <functional>
#include <string_view>

#include "config/config.hpp"

/// Avatars in a configuration file.
namespace aisha::config {

/// Told of each mistake: where it stands, the name of the setting, what is wrong.
using Complaint = std::function<void(const toml::node& at, std::string_view name, std::string_view text)>;

/// [[demo_avatar]]
void read_demo_avatars(const toml::node& node, Config& config, const Complaint& complain);
/// [preview_avatar.portrait] and [preview_avatar.style]
void read_preview_avatars(const toml::node& node, Config& config, const Complaint& complain);

}  // namespace aisha::config
