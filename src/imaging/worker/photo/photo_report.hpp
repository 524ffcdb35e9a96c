// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "imaging/sniff.hpp"

namespace aisha::imaging::worker {

/// Decodes a photo once, measures it and makes of it what is kept. Errors: those of `decode_upright`.
Result<PhotoReport> look_at_photo(std::string_view picture, const PictureLimits& limits);

}  // namespace aisha::imaging::worker
