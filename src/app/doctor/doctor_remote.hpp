// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/engines/findings.hpp"
#include "config/config.hpp"

/// The doctor's questions to Telegram and fal.
namespace aisha::app {

Findings check_telegram(const config::Config& config);
Findings check_fal(const config::Config& config);

}  // namespace aisha::app
