// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "imaging/picture_types.hpp"

namespace aisha::imaging {

/// Limits of the child process and of what is handed to it.
struct ImagerOptions {
  std::string program;                     ///< path of the aisha-imager binary
  Millis cpu_limit{10'000};                ///< per request; three times as much on the wall clock
  std::size_t memory_limit = 1ULL << 30U;  ///< address space; 0 = none (sanitizers)
  std::size_t max_bytes = 32ULL << 20U;
  int max_side = 8192;
  std::int64_t max_pixels = 33'500'000;
  Millis idle_exit{60'000};  ///< the child ends after so long without work
};

/// Everything that decodes pictures, in a child process that hostile input cannot take further. The child starts with
/// the first request, ends when idle and is started anew when it died; requests wait their turn in order.
/// Loop thread only. A started child keeps the loop busy until it ends or the imager is destroyed; destroying the
/// imager ends the child and fails what still waits.
/// Errors: image_not_an_image, image_type_refused, image_truncated, image_too_large, image_too_many_bytes,
/// image_decoder_failed (the child died of this request), unavailable (the program cannot be started).
class Imager {
 public:
  virtual ~Imager() = default;
  virtual Task<Result<Inspection>> inspect(std::string picture) = 0;
  /// Looks at a photo of a person, or of anything, and makes of it what is kept.
  virtual Task<Result<PhotoReport>> photo(std::string picture) = 0;
  /// JPEG bytes, quality 85.
  virtual Task<Result<std::string>> contact_sheet(SheetSpec spec) = 0;
  /// JPEG bytes. option_out_of_range for a chart that is none.
  virtual Task<Result<std::string>> chart(ChartSpec spec) = 0;
  /// Scales down to fit (a crop: also up), JPEG of quality 85 at most, metadata stripped. image_too_many_bytes when no
  /// quality worth looking at is small enough.
  virtual Task<Result<std::string>> resize(std::string picture, ResizeSpec spec) = 0;
};

std::unique_ptr<Imager> make_imager(Executor executor, ImagerOptions options);

}  // namespace aisha::imaging
