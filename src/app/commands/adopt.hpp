// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

/// Takes over what an older Aisha keeps in the same PostgreSQL database (services/import), or with `plan` prints
/// what it would; prints what stays and why. Also Errc::start_failed: this release's tables are not there yet.
Result<void> adopt_command(const config::Config& config, bool plan);

}  // namespace aisha::app
