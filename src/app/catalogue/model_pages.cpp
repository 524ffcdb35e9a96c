// SPDX-License-Identifier: Apache-2.0
#include "app/catalogue/model_pages.hpp"

#include <fmt/format.h>

namespace aisha::app {
namespace {

constexpr std::string_view kBegin = "<!-- tables: aisha models docs -->\n";
constexpr std::string_view kEnd = "<!-- end of tables -->\n";

std::string usd(std::int64_t micro) {
  return fmt::format("${}", static_cast<double>(micro) / 1e6);
}

std::string facts(const catalog::Model& row) {
  std::vector<std::string_view> purposes;
  for (const catalog::Purpose purpose : row.purposes) {
    purposes.push_back(catalog::text_of(purpose));
  }
  std::string avatar(catalog::text_of(row.avatar.pass));
  if (!row.avatar.family.empty()) {
    avatar += fmt::format(" of {}", row.avatar.family);
  }
  if (row.avatar.pass == catalog::AvatarPass::references) {
    avatar += fmt::format(", {} to {} photos", row.avatar.least, row.avatar.most);
  }
  return fmt::format(
      "| | |\n|---|---|\n| endpoint | {} |\n| makes | {} |\n| avatar | {} |\n| same seed, same picture | {} |\n"
      "| ratios | {} |\n| checked | {} |\n| sources | {} |\n",
      row.endpoint, fmt::join(purposes, ", "), avatar, row.is_repeatable ? "yes" : "no",
      fmt::join(row.sizes.ratios, ", "), row.checked, fmt::join(row.sources, "; "));
}

std::string range_of(const catalog::FieldRule& rule) {
  switch (rule.kind) {
    case catalog::FieldKind::text: return fmt::format("{} to {} characters", rule.min, rule.max);
    case catalog::FieldKind::integer:
    case catalog::FieldKind::number: return fmt::format("{:.16g} to {:.16g}", rule.min, rule.max);
    case catalog::FieldKind::boolean: return "true, false";
    case catalog::FieldKind::choice: return fmt::format("{}", fmt::join(rule.choices, ", "));
  }
  return {};
}

std::string fields(const catalog::Model& row) {
  std::string out = "\n| field | takes |\n|---|---|\n";
  for (const auto& [name, rule] : row.fields) {
    out += fmt::format("| `{}`{} | {} |\n", name, rule.required ? " (required)" : "", range_of(rule));
  }
  if (!row.avatar.strength_field.empty()) {
    out += fmt::format("| `{}` | {} to {}, {} unless said |\n", row.avatar.strength_field, row.avatar.min,
                       row.avatar.max, row.avatar.strength);
  }
  if (!row.source.strength_field.empty()) {
    out += fmt::format("| `{}` | close, medium, free: {} |\n", row.source.strength_field,
                       fmt::join(row.source.steps, ", "));
  }
  return out;
}

std::string presets(const catalog::Model& row) {
  std::string out = "\n| preset | 1:1 | 3:4 | parameters | costs, 3:4 |\n|---|---|---|---|---|\n";
  for (const std::string& name : row.qualities()) {
    const catalog::Preset& preset = row.presets.at(name);
    const auto side = [&](std::string_view ratio) {
      const auto size = row.size(name, ratio);
      return size ? fmt::format("{}×{}", size->width, size->height) : std::string("not offered");
    };
    json::Object input = preset.parameters;
    if (!preset.resolution.empty()) {
      input["resolution"] = preset.resolution;
    }
    const auto size = row.size(name, "3:4").value_or(catalog::Size{});
    out += fmt::format("| {} | {} | {} | `{}` | {} |\n", name, side("1:1"), side("3:4"), json::serialize(input),
                       usd(row.cost_micro_usd(name, size)));
  }
  return out;
}

std::string prices(const catalog::Model& row) {
  std::string out = "\n| price | |\n|---|---|\n";
  const auto line = [&](std::string_view what, std::int64_t micro) {
    out += micro == 0 ? "" : fmt::format("| {} | {} |\n", what, usd(micro));
  };
  line("an image", row.price.image);
  line("the first megapixel", row.price.first_megapixel);
  line(row.price.first_megapixel == 0 ? "a started megapixel" : "each further one", row.price.megapixel);
  line("a started megapixel of each picture sent", row.price.input_megapixel);
  for (const auto& [tier, micro] : row.price.tiers) {
    line("an image of " + tier, micro);
  }
  return out;
}

}  // namespace

std::optional<std::string> with_tables(const std::string& page, const catalog::Model& row) {
  const auto begin = page.find(kBegin);
  const auto end = page.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    return std::nullopt;
  }
  return page.substr(0, begin + kBegin.size()) + "\n" + facts(row) + prices(row) + presets(row) + fields(row) + "\n" +
         page.substr(end);
}

}  // namespace aisha::app
