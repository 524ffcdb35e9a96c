// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "catalog/models/model_sizes.hpp"

namespace aisha::catalog {

/// How an avatar enters a request.
enum class AvatarPass : std::uint8_t { none, lora, finetune, references };
/// What a row makes a picture from: words and an avatar, a finished picture, or a finished picture and words about it.
enum class Purpose : std::uint8_t { make, picture, words };

/// As files and commands write them, in the order of the enums.
inline constexpr std::array<std::string_view, 4> kPasses{"none", "lora", "finetune", "references"};
inline constexpr std::array<std::string_view, 3> kPurposes{"make", "picture", "words"};

constexpr std::string_view text_of(AvatarPass pass) {
  return kPasses[static_cast<std::size_t>(pass)];
}
constexpr std::string_view text_of(Purpose purpose) {
  return kPurposes[static_cast<std::size_t>(purpose)];
}

enum class FieldKind : std::uint8_t { text, integer, number, boolean, choice };

/// What one input field of an endpoint accepts.
struct FieldRule {
  FieldKind kind = FieldKind::text;
  bool required = false;
  double min = 0;  ///< of numbers; of texts: code points
  double max = 0;
  std::vector<std::string> choices;
};

/// The quality that stands for the best preset without a surcharge.
inline constexpr std::string_view kAuto = "auto";

/// A quality preset: parameters of the endpoint, and what its size is computed from (one of the three).
struct Preset {
  json::Object parameters;
  int long_side = 0;           ///< image_size
  double megapixels = 0;       ///< image_size: of 2^20 pixels, never passed
  std::string resolution;      ///< of SizeStyle::resolution: "2K"
  std::int64_t surcharge = 0;  ///< coins beside the price of the style
};

struct AvatarRule {
  AvatarPass pass = AvatarPass::none;
  std::string field;           ///< "finetune_id", "loras", "image_urls"
  std::string family;          ///< of a LoRA: "flux-1"; one made for another family is noise
  bool is_list = false;        ///< references: a list of addresses, else one
  int least = 1;               ///< photos
  int most = 1;                ///< photos that are sent
  std::string strength_field;  ///< "finetune_strength", "scale" (inside a LoRA); "" = none
  double strength = 1;
  double min = 0;
  double max = 1;
};

/// Where a finished picture goes.
struct SourceRule {
  std::string field;           ///< "" = this row takes none; that of the references: in front of them
  std::string strength_field;  ///< "" = none
  std::vector<double> steps;   ///< of strength: close, medium, free
};

struct GenerationSpec;

/// An image model as data (data/models/*.toml), one file each.
struct Model {
  std::string id;        ///< "flux-lora"
  std::string endpoint;  ///< "fal-ai/flux-lora"; owners vary
  std::string title;     ///< shown on status and result: "FLUX LoRA"
  std::vector<Purpose> purposes;
  AvatarRule avatar;
  SourceRule source;
  SizeRule sizes;
  PriceRule price;
  std::int64_t surcharge = 0;           ///< coins of every preset
  std::string frame;                    ///< around the prompt, with "{prompt}" in it; "" = none
  bool needs_trigger = true;            ///< whether the avatar's trigger words belong into the prompt
  std::string images_field = "images";  ///< where the answer lists pictures
  std::string nsfw_field;               ///< where the answer flags blanked ones; "" = nowhere
  bool is_repeatable = false;           ///< the same seed gives the same picture
  std::string default_quality;
  std::map<std::string, Preset> presets;
  std::map<std::string, FieldRule> fields;
  std::string checked;               ///< day on which the facts were looked up: "2026-11-28"
  std::vector<std::string> sources;  ///< where

  bool serves(Purpose purpose) const;
  bool takes_seed() const { return fields.contains("seed"); }
  /// Names of presets from the quickest to the best, then those of the operator by name.
  std::vector<std::string> qualities() const;
  /// The preset that runs when this is asked for: kAuto and "" are the best one without a surcharge, a name that this
  /// row lacks gives way to its default.
  std::string resolve(std::string_view quality) const;
  /// Coins beside the price of the style, of a resolved quality.
  std::int64_t surcharge_of(const std::string& quality) const;
  /// Ratios that this preset can be made in, the default first.
  std::vector<std::string> ratios_for(std::string_view quality) const;

  /// The exact input object of a request; unset fields are left out.
  /// Errors: option_out_of_range (about its Field), prompt_empty, avatar_broken (the row needs a LoRA, a finetune id,
  /// photos or a source and got none).
  Result<json::Object> input(const GenerationSpec& spec) const;
  /// Pixels to expect; where the endpoint gets no sides, computed from the ratio and the megapixels.
  /// Error: option_out_of_range.
  Result<Size> size(std::string_view quality, std::string_view aspect_ratio) const;
  /// What the provider will charge, in millionths of a US dollar. `inputs`: pictures that are sent
  /// along.
  std::int64_t cost_micro_usd(std::string_view quality, Size output, const std::vector<Size>& inputs = {}) const;
  /// The same by the units that the provider says it billed: "3.0". Nothing where they are no positive number, or
  /// where this row's price is more than so much a unit.
  std::optional<std::int64_t> cost_of_units(std::string_view units) const;
  /// Checks one value against the rules. Error: option_out_of_range.
  Result<void> check(std::string_view field, const json::Value& value) const;
};

/// Of an edition of the catalogue; good for as long as it is held.
using ModelRef = std::shared_ptr<const Model>;

}  // namespace aisha::catalog
