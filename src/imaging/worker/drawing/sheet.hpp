// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "imaging/picture_types.hpp"
#include "imaging/sniff.hpp"

namespace aisha::imaging::worker {

/// The contact sheet as JPEG. Error: option_out_of_range (no or too many cells, sides out of 16..1080, columns
/// of 1..8).
Result<std::string> draw_sheet(const SheetSpec& spec, const PictureLimits& limits);

}  // namespace aisha::imaging::worker
