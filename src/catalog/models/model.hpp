// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace aisha::catalog {

/// How an avatar enters a request.
enum class AvatarPass : std::uint8_t { none, lora, finetune };
/// How a size enters a request: a ratio by name, or width and height.
enum class SizeStyle : std::uint8_t { aspect, image_size };
enum class FieldKind : std::uint8_t { text, integer, number, boolean, choice };

/// What one input field of an endpoint accepts.
struct FieldRule {
  FieldKind kind = FieldKind::text;
  bool required = false;
  double min = 0;  ///< of numbers; of texts: code points
  double max = 0;
  std::vector<std::string> choices;
};

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};

/// A quality preset: parameters of the endpoint, and for SizeStyle::image_size the side that sizes are computed from.
struct Preset {
  json::Object parameters;
  int long_side = 0;
};

/// What a person or a template asks for.
struct GenerationSpec {
  std::string prompt;
  std::string quality;             ///< preset name; empty = the model's default
  std::string aspect_ratio;        ///< "3:4"; empty = the model's default
  std::string avatar;              ///< LoRA URL or finetune id, by AvatarPass
  std::optional<double> strength;  ///< of the avatar; unset = the model's own default
  std::optional<std::int64_t> seed;
  std::int64_t images = 1;
  std::string output_format;  ///< empty = the model's default
  json::Object options;       ///< further fields of the endpoint, checked by its rules
};

/// An image model as data (data/models/*.toml), one file each.
struct Model {
  std::string id;        ///< "flux-lora"
  std::string endpoint;  ///< "fal-ai/flux-lora"; owners vary
  std::string title;     ///< shown on status and result: "FLUX LoRA"
  AvatarPass avatar_pass = AvatarPass::none;
  SizeStyle size_style = SizeStyle::aspect;
  std::string avatar_field;    ///< "finetune_id", "loras"
  std::string strength_field;  ///< "finetune_strength", "scale" (inside a LoRA)
  double default_strength = 1;
  double min_strength = 0;
  double max_strength = 1;
  std::vector<std::string> ratios;  ///< accepted, the default first
  std::string default_quality;
  std::map<std::string, Preset> presets;
  std::map<std::string, FieldRule> fields;
  int side_multiple = 1;                  ///< image_size: both sides are multiples of this
  std::int64_t megapixels_per_image = 0;  ///< aspect: size of the output, in millions of pixels
  std::int64_t image_micro_usd = 0;       ///< provider's price of one image
  std::int64_t megapixel_micro_usd = 0;   ///< provider's price of a started million pixels
  std::string images_field = "images";    ///< where the answer lists pictures
  std::string nsfw_field;                 ///< where the answer flags blanked ones; empty = nowhere

  /// The exact input object of a request; unset fields are left out.
  /// Errors: option_out_of_range (about its Field), prompt_empty, avatar_broken (a trained
  /// avatar's model without its LoRA or finetune id).
  Result<json::Object> input(const GenerationSpec& spec) const;
  /// Pixels to expect; for SizeStyle::aspect computed from the ratio and the model's megapixels.
  /// Error: option_out_of_range.
  Result<Size> size(std::string_view quality, std::string_view aspect_ratio) const;
  /// What the provider will charge, in millionths of a US dollar.
  std::int64_t cost_micro_usd(std::int64_t images, Size size) const;
  /// Checks one value against the rules. Error: option_out_of_range.
  Result<void> check(std::string_view field, const json::Value& value) const;
};

}  // namespace aisha::catalog
