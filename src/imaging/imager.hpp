// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::imaging {

enum class Format { jpeg, png, webp };

/// "image/jpeg", ...
std::string_view content_type_of(Format format);
/// "jpg", "png", "webp"
std::string_view extension_of(Format format);

/// What a full, safe decode of a picture found.
struct Inspection {
  Format format = Format::jpeg;
  int width = 0;
  int height = 0;
  std::string thumbnail_webp;  ///< short side 256 px, metadata stripped
  std::string thumbhash;       ///< at most 28 bytes (github.com/evanw/thumbhash)
  bool blank = false;          ///< one flat colour: a blanked picture
};

struct SheetCell {
  std::string picture;   ///< encoded bytes; empty = neutral placeholder
  std::string badge;     ///< digits drawn on the dark disc, "" = none
  bool locked = false;   ///< lock glyph
  bool popular = false;  ///< flame glyph
};

/// ux.md §1.2: 1080 px wide, `columns` columns, gap 6, JPEG q85.
struct SheetSpec {
  int columns = 3;
  int cell_width = 356;
  int cell_height = 356;
  std::vector<SheetCell> cells;
  std::string strip;  ///< optional picture drawn as a round face in a strip above the cells
};

/// Child process limits (settled.md 17).
struct ImagerOptions {
  std::string program;                     ///< path of the aisha-imager binary
  Millis cpu_limit{10'000};                ///< per request
  std::size_t memory_limit = 1ULL << 30U;  ///< address space; 0 = none (sanitizers)
  std::size_t max_bytes = 32ULL << 20U;
  int max_side = 8192;
  std::int64_t max_pixels = 33'500'000;
};

/// Everything that decodes pictures, in a child process that hostile input cannot take further.
/// Errors: image_not_an_image, image_type_refused, image_truncated, image_too_large, image_too_many_bytes,
/// image_decoder_failed (the child died; it is started anew for the next request).
class Imager {
 public:
  virtual ~Imager() = default;
  virtual Task<Result<Inspection>> inspect(std::string picture) = 0;
  /// JPEG bytes.
  virtual Task<Result<std::string>> contact_sheet(SheetSpec spec) = 0;
  /// Scales down to fit `width` x `height` (cover crop with attention when `crop`), JPEG q85, metadata stripped.
  virtual Task<Result<std::string>> resize(std::string picture, int width, int height, bool crop) = 0;
};

std::unique_ptr<Imager> make_imager(Executor executor, ImagerOptions options);

}  // namespace aisha::imaging
