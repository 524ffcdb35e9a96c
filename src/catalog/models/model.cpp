// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "domain/prompt_text.hpp"

namespace aisha::catalog {
namespace {

std::unexpected<Error> out_of_range(std::string_view field, std::string_view value, std::string_view allowed) {
  return fail(Errc::option_out_of_range, fmt::format("{}: {}, allowed {}", field, value, allowed),
              about::Field{std::string(field)});
}

/// "3:4" as two positive numbers of at most three digits.
std::optional<std::pair<int, int>> parse_ratio(std::string_view ratio) {
  const auto colon = ratio.find(':');
  if (colon == std::string_view::npos || ratio.size() > 7) {
    return std::nullopt;
  }
  const auto number = [](std::string_view digits) {
    int value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc() && end == digits.data() + digits.size() ? value : 0;
  };
  const int across = number(ratio.substr(0, colon));
  const int down = number(ratio.substr(colon + 1));
  return across > 0 && down > 0 ? std::optional(std::pair(across, down)) : std::nullopt;
}

int to_multiple(double side, int multiple) {
  return std::max(1, static_cast<int>(std::lround(side / multiple))) * multiple;
}

Result<void> check_number(std::string_view field, const FieldRule& rule, const json::Value& value) {
  const bool whole = value.is_int64() || value.is_uint64();
  const std::string allowed = rule.kind == FieldKind::integer ? fmt::format("{:.0f} to {:.0f}", rule.min, rule.max)
                                                              : fmt::format("{} to {}", rule.min, rule.max);
  if (!value.is_number() || (rule.kind == FieldKind::integer && !whole)) {
    return out_of_range(field, json::serialize(value), allowed);
  }
  const auto number = value.to_number<double>();
  if (!(number >= rule.min && number <= rule.max)) {
    return out_of_range(field, json::serialize(value), allowed);
  }
  return {};
}

Result<void> check_text(std::string_view field, const FieldRule& rule, const json::Value& value) {
  if (!value.is_string()) {
    return out_of_range(field, json::serialize(value), "a text");
  }
  const std::string_view text(value.get_string().data(), value.get_string().size());
  const auto length = static_cast<double>(domain::count_code_points(text));
  if (rule.max > 0 && (length < rule.min || length > rule.max)) {
    return out_of_range(field, fmt::format("{} characters", length), fmt::format("{} to {}", rule.min, rule.max));
  }
  return {};
}

}  // namespace

Result<void> Model::check(std::string_view field, const json::Value& value) const {
  const auto found = fields.find(std::string(field));
  if (found == fields.end()) {
    return out_of_range(field, json::serialize(value), "nothing: " + endpoint + " has no such field");
  }
  const FieldRule& rule = found->second;
  switch (rule.kind) {
    case FieldKind::text: return check_text(field, rule, value);
    case FieldKind::integer:
    case FieldKind::number: return check_number(field, rule, value);
    case FieldKind::boolean:
      if (!value.is_bool()) {
        return out_of_range(field, json::serialize(value), "true, false");
      }
      return {};
    case FieldKind::choice:
      if (!value.is_string() || std::ranges::find(rule.choices, value.get_string().c_str()) == rule.choices.end()) {
        return out_of_range(field, json::serialize(value), fmt::format("{}", fmt::join(rule.choices, ", ")));
      }
      return {};
  }
  return {};
}

Result<Size> Model::size(std::string_view quality, std::string_view aspect_ratio) const {
  const std::string ratio(aspect_ratio.empty() ? std::string_view(ratios.front()) : aspect_ratio);
  if (std::ranges::find(ratios, ratio) == ratios.end()) {
    return out_of_range("aspect_ratio", ratio, fmt::format("{}", fmt::join(ratios, ", ")));
  }
  const auto preset = presets.find(quality.empty() ? default_quality : std::string(quality));
  if (preset == presets.end()) {
    std::vector<std::string_view> names;
    for (const auto& [name, parameters] : presets) {
      names.push_back(name);
    }
    return out_of_range("quality", quality, fmt::format("{}", fmt::join(names, ", ")));
  }
  const auto [across, down] = *parse_ratio(ratio);
  if (size_style == SizeStyle::image_size) {
    const double unit = static_cast<double>(preset->second.long_side) / std::max(across, down);
    return Size{to_multiple(unit * across, side_multiple), to_multiple(unit * down, side_multiple)};
  }
  constexpr double kBinaryMegapixel = 1024.0 * 1024.0;
  const double area = static_cast<double>(megapixels_per_image) * kBinaryMegapixel;
  const double width = std::sqrt(area * across / down);
  return Size{to_multiple(width, side_multiple), to_multiple(width * down / across, side_multiple)};
}

std::int64_t Model::cost_micro_usd(std::int64_t images, Size size) const {
  constexpr std::int64_t kMegapixel = 1'000'000;
  const std::int64_t pixels = std::int64_t{size.width} * size.height;
  return images * (image_micro_usd + megapixel_micro_usd * ((pixels + kMegapixel - 1) / kMegapixel));
}

namespace {

/// The avatar as the endpoint wants it.
Result<void> put_avatar(const Model& model, const GenerationSpec& spec, json::Object& input) {
  if (model.avatar_pass == AvatarPass::none) {
    return {};
  }
  if (spec.avatar.empty()) {
    return fail(Errc::avatar_broken, model.endpoint + " needs " + model.avatar_field);
  }
  const double strength = spec.strength.value_or(model.default_strength);
  if (!(strength >= model.min_strength && strength <= model.max_strength)) {
    return out_of_range(model.strength_field, fmt::format("{}", strength),
                        fmt::format("{} to {}", model.min_strength, model.max_strength));
  }
  if (model.avatar_pass == AvatarPass::lora) {
    json::Object lora;
    lora["path"] = spec.avatar;
    lora[model.strength_field] = strength;
    json::Array loras;
    loras.emplace_back(std::move(lora));
    input[model.avatar_field] = std::move(loras);
    return {};
  }
  input[model.avatar_field] = spec.avatar;
  input[model.strength_field] = strength;
  return {};
}

void put_size(const Model& model, const GenerationSpec& spec, Size size, json::Object& input) {
  if (model.size_style == SizeStyle::aspect) {
    input["aspect_ratio"] = spec.aspect_ratio.empty() ? model.ratios.front() : spec.aspect_ratio;
    return;
  }
  json::Object sides;
  sides["width"] = size.width;
  sides["height"] = size.height;
  input["image_size"] = std::move(sides);
}

}  // namespace

Result<json::Object> Model::input(const GenerationSpec& spec) const {
  if (spec.prompt.empty()) {
    return fail(Errc::prompt_empty);
  }
  const auto expected = size(spec.quality, spec.aspect_ratio);
  if (!expected) {
    return std::unexpected(expected.error());
  }
  json::Object free;
  free["prompt"] = spec.prompt;
  for (const auto& [key, value] : presets.at(spec.quality.empty() ? default_quality : spec.quality).parameters) {
    free[key] = value;
  }
  for (const auto& [key, value] : spec.options) {
    free[key] = value;
  }
  if (spec.images != 1) {
    free["num_images"] = spec.images;
  }
  if (spec.seed) {
    free["seed"] = *spec.seed;
  }
  if (!spec.output_format.empty()) {
    free["output_format"] = spec.output_format;
  }
  for (const auto& [key, rule] : fields) {
    if (rule.required && !free.contains(key)) {
      return out_of_range(key, "absent", "a value");
    }
  }
  for (const auto& [key, value] : free) {
    if (auto checked = check(key, value); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
  }
  if (auto avatar = put_avatar(*this, spec, free); !avatar) {
    return std::unexpected(std::move(avatar.error()));
  }
  put_size(*this, spec, *expected, free);
  return free;
}

}  // namespace aisha::catalog
