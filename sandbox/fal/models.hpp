// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/json.hpp"

/// What fal publishes about its endpoints: fields, defaults and ranges as of the OpenAPI files of January 2026, checked
/// against the types of @fal-ai/client 1.10.1; endpoints that are newer, by their pages of November 2026.
namespace aisha::sandbox::fal {

enum class FieldType { text, integer, number, boolean, choice, image_size, loras, addresses };

struct Field {
  std::string_view name;
  FieldType type;
  bool required = false;
  bool nullable = false;                  ///< declared Optional: an explicit null is accepted
  std::optional<double> least{}, most{};  ///< of `addresses`: how many
  std::span<const std::string_view> choices{};
};

/// ultra: about four megapixels of a ratio; one: about one of it; resolution: "1K", "2K", "4K" of it.
enum class SizeStyle { ultra, one, image_size, resolution };
enum class Unit { image, megapixel };
/// Members of an answer beside its pictures: seed, flags, prompt and timings; the seed alone; a description.
enum class AnswerStyle { full, seed, description };

struct Endpoint {
  std::string_view id;  ///< with the subpath: "fal-ai/flux-pro/v1.1-ultra"
  std::span<const Field> fields;
  SizeStyle sizes;
  Unit billed_by;
  AnswerStyle answers = AnswerStyle::full;
  std::int64_t micro_usd = 0;  ///< of a unit: the price list that /v1/models/pricing tells
};

/// Null for an endpoint that this world does not have.
const Endpoint* find_endpoint(std::string_view id);

/// Whose endpoints there are: "fal-ai", ...
std::set<std::string, std::less<>> owners();

/// "owner/alias" of an endpoint; of workflows and comfy three parts. The rest is a subpath, which only submit uses.
std::string app_of(std::string_view endpoint);

struct Size {
  int width = 0, height = 0;
};

/// Pixels of a valid input's picture, scaled down so that no side passes `max_side`. Even numbers.
Size size_of(const Endpoint& endpoint, const json::Object& input, int max_side);

/// Names and pixels of fal's preset sizes.
struct Preset {
  std::string_view name;
  Size size;
};
std::span<const Preset> presets();

/// False when an aspect ratio is not "a:b" with positive whole numbers.
bool is_ratio(std::string_view text);

}  // namespace aisha::sandbox::fal
