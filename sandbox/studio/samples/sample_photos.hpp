// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace aisha::sandbox::studio {

inline constexpr std::size_t kSamplePhotos = 12;

/// What a person could have on their phone of themselves, made of one portrait (a PNG of 512 x 512 with a face in its
/// upper middle): other crops, mirrored, turned by up to 8 degrees, under- and overexposed. JPEGs whose longer side has
/// 1024 px, always the same ones, no two alike. Empty when the portrait does not decode. CPU-bound: any thread but the
/// loop's.
std::vector<std::string> make_sample_photos(std::string_view portrait);

}  // namespace aisha::sandbox::studio
