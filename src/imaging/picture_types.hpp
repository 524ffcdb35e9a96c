// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Plain data of imaging, shared by the product and the imager process.
namespace aisha::imaging {

enum class Format { jpeg, png, webp };

/// "image/jpeg", ...
std::string_view content_type_of(Format format);
/// "jpg", "png", "webp"
std::string_view extension_of(Format format);

/// What tells a picture from a failed one, measured on its thumbnail; luma by ITU-R BT.601, 0 to 255.
struct Looks {
  double deviation = 0;  ///< standard deviation of the channel that varies most
  double highlight = 0;  ///< luma that 99 of 100 pixels do not exceed
  double sharpness = 0;  ///< variance of the luma's Laplacian (four neighbours); small = smooth or out of focus
};

/// What a full, safe decode of a picture found. Sides are those of the picture as it is kept.
struct Inspection {
  Format format = Format::jpeg;
  int width = 0;
  int height = 0;
  std::string thumbnail_webp;  ///< short side 256 px, metadata stripped
  std::string thumbhash;       ///< at most 28 bytes (github.com/evanw/thumbhash)
  Looks looks;
  /// The picture as it is kept, in place of the original; empty when that is so already: upright, sRGB, 8 bits a
  /// channel, same format, without metadata (EXIF, XMP, IPTC, comments, colour profile, trailing bytes). Only what was
  /// turned or of other colours is encoded anew.
  std::string cleaned;
};

/// A face, in pixels of the upright original; it may reach over an edge.
struct FaceBox {
  int x = 0;
  int y = 0;
  int side = 0;
  double score = 0;  ///< of dlib's detector: 0 is where it begins to see one, a clear face has 1 and more
};

/// What a photo that a person sent shows, and the photo as it is kept.
struct PhotoReport {
  Format format = Format::jpeg;  ///< of the original
  int width = 0;                 ///< of the upright original, as is the height
  int height = 0;
  std::string jpeg;  ///< the photo as it is kept: long side at most 1536, quality 92, sRGB, upright, no metadata
  int kept_width = 0;
  int kept_height = 0;
  double luma = 0;             ///< mean, ITU-R BT.601, 0 to 255
  std::uint64_t dhash = 0;     ///< difference hash of 8 x 8; `dhash_distance` compares two
  bool faces_known = false;    ///< false: this build cannot look for faces
  std::vector<FaceBox> faces;  ///< best score first
  /// Variance of the luma's Laplacian (four neighbours): of the best face at 256 px, 0 without one, ...
  double face_sharpness = 0;
  double sharpness = 0;  ///< ... and of the whole at 640 px
};

/// How many of the 64 differences two photos do not share. Encoded anew or made smaller a photo keeps all of them, cut
/// to nine tenths it changes about twelve.
inline int dhash_distance(std::uint64_t one, std::uint64_t other) {
  return std::popcount(one ^ other);
}

/// What becomes of a picture that is made smaller.
struct ResizeSpec {
  int width = 0;
  int height = 0;
  bool crop = false;           ///< exactly these sides, the most interesting part stays; else the whole fits into them
  std::size_t most_bytes = 0;  ///< of the JPEG: its quality goes down until it fits; 0 = any
};

struct SheetCell {
  std::string picture;   ///< encoded bytes; empty or undecodable = neutral placeholder
  std::string badge;     ///< up to three digits drawn on the dark disc, "" = none
  bool locked = false;   ///< lock glyph
  bool popular = false;  ///< flame glyph
  std::string price;     ///< digits drawn beside a coin, for a cell that costs more than its neighbours; "" = none
  std::string label;     ///< name drawn along the lower edge, on one line, "" = none
};

/// A contact sheet: rows of cells with a gap of 6 px between them, cropped to fill. Every row is as wide as one of
/// `columns` cells of the given sides, its cells keep their ratio: a row of fewer has larger ones, so that no ground is
/// left bare. The defaults make it 1080 px wide.
struct SheetSpec {
  int columns = 3;
  int cell_width = 356;
  int cell_height = 356;
  std::vector<int> rows;         ///< cells in each row, as many as there are in all; empty = `columns` in each
  std::vector<SheetCell> cells;  ///< 1 to 64
  std::string strip;             ///< optional picture drawn as a round face in a strip above the cells
  std::string waiting;           ///< "" = as they are; else the cells are greyed and these words stand across the sheet
};

/// A row of a chart: a picture, a bar and its number.
struct ChartBar {
  std::string picture;  ///< encoded bytes; empty or undecodable = neutral placeholder
  std::int64_t n = 0;
};

/// Columns over a common foot, each with its number above it (none for 0), and below them rows of bars. 1080 x 1080;
/// without bars the columns have all of it. No letters.
struct ChartSpec {
  std::vector<std::int64_t> columns;  ///< 1 to 31, from left to right
  int lit = 0;                        ///< so many of the last ones are bright, the others stand back
  std::vector<ChartBar> bars;         ///< at most five, the longest first
};

}  // namespace aisha::imaging
