// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "config/config.hpp"

namespace aisha::config {

/// `[blobs] url` and `[s3]` together. Errc::config_invalid, Errc::config_secret.
Result<void> check_s3(const Config& config);

}  // namespace aisha::config
