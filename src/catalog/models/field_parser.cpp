// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/field_parser.hpp"

#include <fmt/format.h>

#include <array>

namespace aisha::catalog {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"text", "integer", "number", "boolean", "choice"};

json::Value to_json(TableReader& in, std::string_view key, const toml::node& node) {
  if (const auto* value = node.as_integer()) {
    return value->get();
  }
  if (const auto* value = node.as_floating_point()) {
    return value->get();
  }
  if (const auto* value = node.as_boolean()) {
    return value->get();
  }
  if (const auto* value = node.as_string()) {
    return json::Value(value->get());
  }
  in.refuse(key, "a text, number or boolean was expected");
}

FieldRule read_field(TableReader in) {
  FieldRule out;
  out.kind = static_cast<FieldKind>(in.one_of("kind", kKinds));
  out.required = in.boolean_or("required", false);
  out.min = in.number_or("min", 0);
  out.max = in.number_or("max", 0);
  out.choices = in.texts("choices");
  const bool numeric = out.kind == FieldKind::integer || out.kind == FieldKind::number;
  if (numeric && !(in.has("min") && in.has("max") && out.min < out.max)) {
    in.refuse("max", "a numeric field needs min below max");
  }
  if ((out.kind == FieldKind::choice) == out.choices.empty()) {
    in.refuse("choices", "choices belong to kind = \"choice\"");
  }
  in.finish();
  return out;
}

/// The preset's parameters, each within the rule of its field.
json::Object read_parameters(TableReader& in, const Model& model) {
  json::Object out;
  const toml::table* parameters = in.table("parameters");
  if (parameters == nullptr) {
    return out;
  }
  for (const auto& [key, value] : *parameters) {
    out[key.str()] = to_json(in, "parameters", value);
    if (const auto checked = model.check(key.str(), out[key.str()]); !checked) {
      complain(in.file(), value, checked.error().detail);
    }
  }
  return out;
}

void check_size(TableReader& in, const Model& model, const Preset& preset) {
  const bool has_side = preset.long_side > 0;
  const bool has_area = preset.megapixels > 0 || model.sizes.megapixels > 0;
  if (model.sizes.style == SizeStyle::resolution ? preset.resolution.empty() : !has_side && !has_area) {
    in.refuse("long_side", model.sizes.style == SizeStyle::resolution ? "resolution is missing"
                                                                      : "neither long_side nor megapixels");
  }
}

void read_preset(TableReader in, std::string name, Model& model) {
  Preset preset;
  preset.long_side = static_cast<int>(in.integer_or("long_side", 0, 256, 14'142));
  preset.megapixels = in.number_or("megapixels", 0);
  preset.resolution = in.text_or("resolution", "");
  preset.surcharge = in.integer_or("surcharge", 0, -1'000, 1'000);
  preset.parameters = read_parameters(in, model);
  check_size(in, model, preset);
  if (name == kAuto) {
    in.refuse("parameters", "\"auto\" stands for the best of the others");
  }
  in.finish();
  model.presets.emplace(std::move(name), std::move(preset));
}

}  // namespace

void read_fields(TableReader& in, Model& model) {
  for (const auto& [name, node] : in.need_table("fields")) {
    if (!node.is_table()) {
      complain(in.file(), node, "fields: a table was expected");
    }
    model.fields.emplace(std::string(name.str()),
                         read_field({in.file(), *node.as_table(), fmt::format("fields.{}", name.str())}));
  }
}

void read_presets(TableReader& in, Model& model) {
  const toml::table& presets = in.need_table("presets");
  for (const auto& [name, node] : presets) {
    if (!node.is_table()) {
      complain(in.file(), node, "presets: a table was expected");
    }
    read_preset({in.file(), *node.as_table(), fmt::format("presets.{}", name.str())}, std::string(name.str()), model);
  }
  if (!model.presets.contains(model.default_quality)) {
    in.refuse("default_quality", "names no preset");
  }
  for (const auto& [name, preset] : model.presets) {
    if (model.ratios_for(name).empty()) {
      in.refuse("presets", fmt::format("{}: no ratio stays within the sides", name));
    }
  }
}

}  // namespace aisha::catalog
