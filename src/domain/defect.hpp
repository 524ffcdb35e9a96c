// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace aisha::domain {

/// `jobs.defect`: why a result that came is not the picture that was asked for.
enum class Defect {
  blank,        ///< one colour, or noise over one
  black,        ///< nothing in it is lit
  blurred_out,  ///< of a portrait: no edge anywhere
  wrong_ratio,  ///< other sides than were asked for
  too_small,
  truncated,  ///< it ends before the picture does, fetched twice
  flagged     ///< the provider itself says that its safety checker blanked it
};
std::string_view text_of(Defect defect);
std::optional<Defect> defect_from(std::string_view text);
/// All of them but `flagged`: what is refused for its content would mostly be refused again.
std::vector<Defect> usual_defects();

/// What a picture looks like; see imaging::Looks for the measures.
struct PictureLooks {
  std::int64_t width = 0;
  std::int64_t height = 0;
  double deviation = 0;
  double highlight = 0;
  double sharpness = 0;
};

/// What it was to be. Whatever is not known is not judged.
struct PictureWanted {
  double ratio = 0;         ///< width by height; 0 = not known
  std::int64_t pixels = 0;  ///< 0 = not known
  bool portrait = false;    ///< of a person: a foggy field may be smooth, a face is not
};

/// Nothing for a picture that is fine. A pure function; the order of the rules is that of the enum.
std::optional<Defect> defect_of(const PictureLooks& looks, const PictureWanted& wanted);

/// Width by height of "3:4"; 0 for what is no ratio.
double ratio_of(std::string_view text);

}  // namespace aisha::domain
