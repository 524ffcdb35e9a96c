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
constexpr std::array<std::string_view, 3> kMoreFormats = {"jpeg", "png", "webp"};
constexpr std::array<std::string_view, 5> kTolerancesOfFlux2 = {"1", "2", "3", "4", "5"};
constexpr std::array<std::string_view, 2> kAccelerations = {"none", "regular"};
constexpr std::array<std::string_view, 3> kAccelerationsOfFlux2 = {"none", "regular", "high"};
constexpr std::array<std::string_view, 3> kResolutions = {"1K", "2K", "4K"};
constexpr std::array<std::string_view, 2> kThinking = {"minimal", "high"};

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

constexpr Field kSource = {.name = "image_url", .type = FieldType::text, .required = true};
constexpr Field kLoras = {.name = "loras", .type = FieldType::loras};
constexpr Field kImageSize = {.name = "image_size", .type = FieldType::image_size};

constexpr Field photos(double most) {
  return {.name = "image_urls", .type = FieldType::addresses, .required = true, .least = 1, .most = most};
}
constexpr Field number(std::string_view name, double least, double most) {
  return {.name = name, .type = FieldType::number, .least = least, .most = most};
}
constexpr Field steps(double least, double most) {
  return {.name = "num_inference_steps", .type = FieldType::integer, .least = least, .most = most};
}
constexpr Field choice(std::string_view name, std::span<const std::string_view> choices) {
  return {.name = name, .type = FieldType::choice, .choices = choices};
}

constexpr Field kFluxLoraPicture[] = {kPrompt,  kSource, number("strength", 0.01, 1),     kImageSize, steps(1, 50),
                                      kSeed,    kLoras,  number("guidance_scale", 0, 35), kSync,      kCount,
                                      kChecker, kFormat};

constexpr Field kFlux2Lora[] = {kPrompt,
                                kImageSize,
                                steps(4, 50),
                                kSeed,
                                kLoras,
                                number("guidance_scale", 0, 20),
                                kSync,
                                kCount,
                                kChecker,
                                choice("output_format", kMoreFormats),
                                {.name = "enable_prompt_expansion", .type = FieldType::boolean},
                                choice("acceleration", kAccelerationsOfFlux2)};

constexpr Field kKleinEdit[] = {
    kPrompt, photos(4), kImageSize, steps(4, 8), kSeed, kSync, kCount, kChecker, choice("output_format", kMoreFormats)};

constexpr Field kFlux2ProEdit[] = {kPrompt, photos(9), kImageSize, kSeed,
                                   kSync,   kChecker,  kFormat,    choice("safety_tolerance", kTolerancesOfFlux2)};

constexpr Field kSeedreamEdit[] = {
    kPrompt, photos(10), kImageSize,
    kSync,   kChecker,   {.name = "num_images", .type = FieldType::integer, .least = 1, .most = 6}};

constexpr Field kNanoBananaEdit[] = {kPrompt,
                                     photos(14),
                                     kSeed,
                                     kSync,
                                     kCount,
                                     kFormat,
                                     kTolerance,
                                     kRatio,
                                     choice("resolution", kResolutions),
                                     choice("thinking_level", kThinking)};

constexpr Field kKontext[] = {
    kPrompt, kSource, number("guidance_scale", 1, 20), kSeed, kSync, kCount, kFormat, kTolerance, kEnhance, kRatio};

constexpr Endpoint kEndpoints[] = {
    {"fal-ai/flux-pro/v1.1-ultra-finetuned", kUltraFinetuned, SizeStyle::ultra, Unit::image, AnswerStyle::full, 70'000},
    {"fal-ai/flux-pro/v1.1-ultra", kUltra, SizeStyle::ultra, Unit::image, AnswerStyle::full, 60'000},
    {"fal-ai/flux-lora", kFluxLora, SizeStyle::image_size, Unit::megapixel, AnswerStyle::full, 35'000},
    {"fal-ai/flux-lora/image-to-image", kFluxLoraPicture, SizeStyle::image_size, Unit::megapixel, AnswerStyle::full,
     35'000},
    {"fal-ai/flux-2/lora", kFlux2Lora, SizeStyle::image_size, Unit::megapixel, AnswerStyle::full, 21'000},
    {"fal-ai/flux-2/klein/9b/edit", kKleinEdit, SizeStyle::image_size, Unit::megapixel, AnswerStyle::full, 11'000},
    {"fal-ai/flux-2-pro/edit", kFlux2ProEdit, SizeStyle::image_size, Unit::megapixel, AnswerStyle::seed, 15'000},
    {"bytedance/seedream/v5/lite/edit", kSeedreamEdit, SizeStyle::image_size, Unit::image, AnswerStyle::seed, 35'000},
    {"google/nano-banana-2.1/edit", kNanoBananaEdit, SizeStyle::resolution, Unit::image, AnswerStyle::description,
     63'000},
    {"fal-ai/flux-pro/kontext", kKontext, SizeStyle::one, Unit::image, AnswerStyle::full, 40'000}};

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

/// About so many squares of 1024 of a ratio.
Size ratio_size(std::string_view ratio, double squares) {
  const auto parsed = parse_ratio(ratio).value_or(std::pair{1, 1});
  const double share = double(parsed.first) / parsed.second;
  const double width = std::sqrt(squares * 1024.0 * 1024.0 * share);
  return {int(std::lround(width / 16)) * 16, int(std::lround(width / share / 16)) * 16};
}

std::string_view text_at(const json::Object& input, std::string_view key, std::string_view otherwise) {
  const json::Value* found = input.if_contains(key);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : otherwise;
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

std::set<std::string, std::less<>> owners() {
  std::set<std::string, std::less<>> out;
  for (const Endpoint& endpoint : kEndpoints) {
    out.emplace(endpoint.id.substr(0, endpoint.id.find('/')));
  }
  return out;
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
  switch (endpoint.sizes) {
    case SizeStyle::image_size: return capped(lora_size(input.if_contains("image_size")), max_side);
    case SizeStyle::ultra: return capped(ultra_size(text_at(input, "aspect_ratio", "16:9")), max_side);
    case SizeStyle::one: return capped(ratio_size(text_at(input, "aspect_ratio", "1:1"), 1), max_side);
    case SizeStyle::resolution: {
      const int k = text_at(input, "resolution", "1K").front() - '0';
      return capped(ratio_size(text_at(input, "aspect_ratio", "1:1"), k * k), max_side);
    }
  }
  return {};
}

}  // namespace aisha::sandbox::fal
