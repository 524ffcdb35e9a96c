// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "imaging/picture_types.hpp"
#include "imaging/sniff.hpp"

namespace aisha::imaging::worker {

/// The chart as JPEG. Error: option_out_of_range (no columns or more than 31, more than five bars).
Result<std::string> draw_chart(const ChartSpec& spec, const PictureLimits& limits);

}  // namespace aisha::imaging::worker
