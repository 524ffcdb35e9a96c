// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "domain/prompt_text.hpp"

namespace aisha::catalog {
namespace {

std::unexpected<Error> out_of_range(std::string_view field, std::string_view value, std::string_view allowed) {
  return fail(Errc::option_out_of_range, fmt::format("{}: {}, allowed {}", field, value, allowed),
              about::Field{std::string(field)});
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

/// From the quickest to the best.
constexpr std::array<std::string_view, 4> kLadder{"fast", "balanced", "quality", "ultra"};

}  // namespace

bool Model::serves(Purpose purpose) const {
  return std::ranges::find(purposes, purpose) != purposes.end();
}

std::vector<std::string> Model::qualities() const {
  std::vector<std::string> out;
  for (const std::string_view name : kLadder) {
    if (presets.contains(std::string(name))) {
      out.emplace_back(name);
    }
  }
  for (const auto& [name, preset] : presets) {
    if (std::ranges::find(kLadder, name) == kLadder.end()) {
      out.push_back(name);
    }
  }
  return out;
}

std::string Model::resolve(std::string_view quality) const {
  if (!quality.empty() && quality != kAuto) {
    return presets.contains(std::string(quality)) ? std::string(quality) : default_quality;
  }
  std::string out = default_quality;
  for (const std::string_view name : kLadder) {
    const auto preset = presets.find(std::string(name));
    if (preset != presets.end() && surcharge_of(preset->first) <= 0) {
      out = name;
    }
  }
  return out;
}

std::int64_t Model::surcharge_of(const std::string& quality) const {
  return surcharge + presets.at(quality).surcharge;
}

std::vector<std::string> Model::ratios_for(std::string_view quality) const {
  std::vector<std::string> out;
  for (const std::string& ratio : sizes.ratios) {
    if (size(quality, ratio)) {
      out.push_back(ratio);
    }
  }
  return out;
}

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

}  // namespace aisha::catalog
