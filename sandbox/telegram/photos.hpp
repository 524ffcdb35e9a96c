// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aisha::sandbox::telegram {

struct PhotoStep {
  int width = 0;
  int height = 0;
  std::string jpeg;
};

struct Photo {
  int width = 0;  ///< of the upload
  int height = 0;
  std::vector<PhotoStep> ladder;  ///< ascending
};

/// What Telegram keeps of an uploaded photo: the sizes s, m, x, y, w (90, 320, 800, 1280, 2560 px on the long side) up
/// to the picture's own, each recompressed as JPEG without metadata. Empty when it does not decode; of a picture whose
/// sides Telegram refuses anyway only width and height are found. CPU-bound: any thread but the loop's.
std::optional<Photo> make_photo(std::string_view bytes);

}  // namespace aisha::sandbox::telegram
