// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "config/config.hpp"
#include "http/client/proxy.hpp"
#include "providers/fal/fal_options.hpp"
#include "providers/fal/fal_platform.hpp"
#include "providers/fal/fal_writer.hpp"
#include "services/context/policy.hpp"
#include "services/people/people.hpp"
#include "telegram/bot_api.hpp"

/// Settings in the words of those who go by them.
namespace aisha::app {

services::Policy policy_of(const config::Config& config);
std::vector<services::DemoAvatar> demo_avatars_of(const config::Config& config);
telegram::Patience patience_of(const config::Config& config);
providers::fal::Options fal_options_of(const config::Config& config);
providers::fal::PlatformOptions platform_options_of(const config::Config& config);
providers::fal::WriterOptions writer_options_of(const config::Config& config);
/// Settings first, then this process's environment. A proxy of the environment that is none is as good as no proxy, and
/// logged.
http::ProxyRules proxies_of(const config::Config& config);

}  // namespace aisha::app
