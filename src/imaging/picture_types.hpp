// SPDX-License-Identifier: Apache-2.0
#pragma once
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

/// What a full, safe decode of a picture found. Sides are those of the picture as it is kept.
struct Inspection {
  Format format = Format::jpeg;
  int width = 0;
  int height = 0;
  std::string thumbnail_webp;  ///< short side 256 px, metadata stripped
  std::string thumbhash;       ///< at most 28 bytes (github.com/evanw/thumbhash)
  bool blank = false;          ///< one flat colour: a blanked picture
  /// The picture as it is kept, in place of the original; empty when that is so already: upright, sRGB, 8 bits a
  /// channel, same format, without metadata (EXIF, XMP, IPTC, comments, colour profile, trailing bytes). Only what was
  /// turned or of other colours is encoded anew.
  std::string cleaned;
};

struct SheetCell {
  std::string picture;   ///< encoded bytes; empty or undecodable = neutral placeholder
  std::string badge;     ///< up to three digits drawn on the dark disc, "" = none
  bool locked = false;   ///< lock glyph
  bool popular = false;  ///< flame glyph
};

/// A contact sheet: `columns` columns of cells with a gap of 6 px between them, cropped to fill, a short last row
/// centred. The defaults make it 1080 px wide.
struct SheetSpec {
  int columns = 3;
  int cell_width = 356;
  int cell_height = 356;
  std::vector<SheetCell> cells;  ///< 1 to 64
  std::string strip;             ///< optional picture drawn as a round face in a strip above the cells
};

}  // namespace aisha::imaging
