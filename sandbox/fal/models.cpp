// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/models.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace aisha::sandbox::fal {

namespace {

constexpr std::array<std::string_view, 2> kFormats = {"jpeg", "png"};
constexpr std::array<std::string_view, 6> kTolerances = {"1", "2", "3", "4", "5", "6"};
constexpr std::array<std::string_view, 2> kAccelerations = {"none", "regular"};

constexpr Field kPrompt = {.name = "prompt", .type = FieldType::text, .required = true};
constexpr Field kSeed = {.name = "seed", .type = FieldType::integer, .nullable = true};
constexpr Field kSync = {.name = "sync_mode", .type = FieldType::boolean};
constexpr Field kCount = {.name = "num_images", .type = FieldType::integer, .least = 1, .most = 4};
constexpr Field kChecker = {.name = "enable_safety_checker", .type = FieldType::boolean};
constexpr Field kFormat = {.name = "output_format", .type = FieldType::choice, .choices = kFormats};
constexpr Field kTolerance = {.name = "safety_tolerance", .type = FieldType::choice, .choices = kTolerances};
constexpr Field kRatio = {.name = "aspect_ratio", .type = FieldType::text};
constexpr Field kRaw = {.name = "raw", .type = FieldType::boolean};
constexpr Field kEnhance = {.name = "enhance_prompt", .type = FieldType::boolean};
constexpr Field kImage = {.name = "image_url", .type = FieldType::text, .nullable = true};
constexpr Field kImageStrength = {.name = "image_prompt_strength", .type = FieldType::number, .least = 0, .most = 1};

constexpr Field kUltra[] = {kPrompt,    kSeed,    kSync,  kCount,         kChecker, kFormat,
                            kTolerance, kEnhance, kImage, kImageStrength, kRatio,   kRaw};

constexpr Field kUltraFinetuned[] = {
    kPrompt,
    kSeed,
    kSync,
    kCount,
    kChecker,
    kFormat,
    kTolerance,
    kEnhance,
    kImage,
    kImageStrength,
    {.name = "finetune_id", .type = FieldType::text, .required = true},
    {.name = "finetune_strength", .type = FieldType::number, .required = true, .least = 0, .most = 2},
    kRatio,
    kRaw};

constexpr Field kFluxLora[] = {kPrompt,
                               {.name = "image_size", .type = FieldType::image_size},
                               {.name = "num_inference_steps", .type = FieldType::integer, .least = 1, .most = 50},
                               kSeed,
                               {.name = "loras", .type = FieldType::loras},
                               {.name = "guidance_scale", .type = FieldType::number, .least = 0, .most = 35},
                               kSync,
                               kCount,
                               kChecker,
                               kFormat,
                               {.name = "acceleration", .type = FieldType::choice, .choices = kAccelerations}};

constexpr Endpoint kEndpoints[] = {
    {"fal-ai/flux-pro/v1.1-ultra-finetuned", kUltraFinetuned, SizeStyle::aspect_ratio, Unit::image},
    {"fal-ai/flux-pro/v1.1-ultra", kUltra, SizeStyle::aspect_ratio, Unit::image},
    {"fal-ai/flux-lora", kFluxLora, SizeStyle::image_size, Unit::megapixel}};

constexpr Preset kPresets[] = {{"square_hd", {1024, 1024}},    {"square", {512, 512}},
                               {"portrait_4_3", {768, 1024}},  {"portrait_16_9", {576, 1024}},
                               {"landscape_4_3", {1024, 768}}, {"landscape_16_9", {1024, 576}}};

/// Sizes that the ultra model is known to answer with: about four megapixels in steps of 32.
constexpr std::pair<std::string_view, Size> kUltraSizes[] = {
    {"21:9", {3136, 1344}}, {"16:9", {2752, 1536}}, {"4:3", {2368, 1792}},
    {"3:2", {2496, 1664}},  {"1:1", {2048, 2048}},  {"2:3", {1664, 2496}},
    {"3:4", {1792, 2368}},  {"9:16", {1536, 2752}}, {"9:21", {1344, 3136}}};

std::optional<std::pair<int, int>> parse_ratio(std::string_view text) {
  int a = 0, b = 0;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, a);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':') {
    return std::nullopt;
  }
  const auto second = std::from_chars(first.ptr + 1, end, b);
  if (second.ec != std::errc{} || second.ptr != end || a <= 0 || b <= 0 || a > 10 * b || b > 10 * a) {
    return std::nullopt;
  }
  return std::pair{a, b};
}

Size ultra_size(std::string_view ratio) {
  for (const auto& [name, size] : kUltraSizes) {
    if (name == ratio) {
      return size;
    }
  }
  const auto parsed = parse_ratio(ratio).value_or(std::pair{16, 9});
  const double share = double(parsed.first) / parsed.second;
  const double width = std::sqrt(2048.0 * 2048.0 * share);
  return {int(std::lround(width / 32)) * 32, int(std::lround(width / share / 32)) * 32};
}

Size lora_size(const json::Value* value) {
  Size size{1024, 768};
  if (value != nullptr && value->is_string()) {
    for (const Preset& preset : kPresets) {
      if (preset.name == std::string_view(value->get_string())) {
        size = preset.size;
      }
    }
  } else if (value != nullptr && value->is_object()) {
    const auto side = [&](std::string_view name) {
      const json::Value* found = value->get_object().if_contains(name);
      return found != nullptr && found->is_number() ? found->to_number<int>() : 512;
    };
    size = {side("width"), side("height")};
  }
  return size;
}

Size capped(Size size, int max_side) {
  const int longer = std::max(size.width, size.height);
  const double k = longer > max_side ? double(max_side) / longer : 1.0;
  const auto even = [&](int side) { return std::max(64, int(std::lround(side * k / 2)) * 2); };
  return {even(size.width), even(size.height)};
}

}  // namespace

const Endpoint* find_endpoint(std::string_view id) {
  const auto* found = std::ranges::find(kEndpoints, id, &Endpoint::id);
  return found == std::end(kEndpoints) ? nullptr : found;
}

std::string app_of(std::string_view endpoint) {
  const bool long_form = endpoint.starts_with("workflows/") || endpoint.starts_with("comfy/");
  std::size_t end = 0;
  for (int part = long_form ? 3 : 2; part > 0 && end != std::string_view::npos; --part) {
    end = endpoint.find('/', end == 0 ? 0 : end + 1);
  }
  return std::string(endpoint.substr(0, end));
}

std::span<const Preset> presets() {
  return kPresets;
}

bool is_ratio(std::string_view text) {
  return parse_ratio(text).has_value();
}

Size size_of(const Endpoint& endpoint, const json::Object& input, int max_side) {
  if (endpoint.sizes == SizeStyle::image_size) {
    return capped(lora_size(input.if_contains("image_size")), max_side);
  }
  const json::Value* ratio = input.if_contains("aspect_ratio");
  const bool named = ratio != nullptr && ratio->is_string();
  return capped(ultra_size(named ? std::string_view(ratio->get_string()) : "16:9"), max_side);
}

}  // namespace aisha::sandbox::fal
