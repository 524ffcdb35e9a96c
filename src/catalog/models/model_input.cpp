// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model_input.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aisha::catalog {
namespace {

std::unexpected<Error> lacks(const Model& model, std::string_view field) {
  return fail(Errc::avatar_broken, fmt::format("{} needs {}", model.endpoint, field));
}

std::string framed(const std::string& frame, const std::string& prompt) {
  constexpr std::string_view kPlace = "{prompt}";
  const auto place = frame.find(kPlace);
  return place == std::string::npos ? prompt : std::string(frame).replace(place, kPlace.size(), prompt);
}

Result<double> strength_for(const Model& model, const GenerationSpec& spec) {
  const AvatarRule& rule = model.avatar;
  const double strength = spec.strength.value_or(rule.strength);
  if (!(strength >= rule.min && strength <= rule.max)) {
    return fail(Errc::option_out_of_range,
                fmt::format("{}: {}, allowed {} to {}", rule.strength_field, strength, rule.min, rule.max),
                about::Field{rule.strength_field});
  }
  return strength;
}

Result<void> put_trained(const Model& model, const GenerationSpec& spec, json::Object& input) {
  const AvatarRule& rule = model.avatar;
  if (spec.avatar.empty()) {
    return lacks(model, rule.field);
  }
  const auto strength = strength_for(model, spec);
  if (!strength) {
    return std::unexpected(strength.error());
  }
  if (rule.pass == AvatarPass::finetune) {
    input[rule.field] = spec.avatar;
    input[rule.strength_field] = *strength;
    return {};
  }
  json::Object lora;
  lora["path"] = spec.avatar;
  lora[rule.strength_field] = *strength;
  json::Array loras;
  loras.emplace_back(std::move(lora));
  input[rule.field] = std::move(loras);
  return {};
}

Result<void> put_references(const Model& model, const GenerationSpec& spec, json::Object& input) {
  const AvatarRule& rule = model.avatar;
  if (std::ssize(spec.references) < rule.least) {
    return lacks(model, rule.field);
  }
  if (!rule.is_list) {
    input[rule.field] = spec.references.front();
    return {};
  }
  json::Array photos;
  for (const std::string& address : spec.references) {
    if (std::ssize(photos) < rule.most) {
      photos.emplace_back(address);
    }
  }
  input[rule.field] = std::move(photos);
  return {};
}

Result<void> put_avatar(const Model& model, const GenerationSpec& spec, json::Object& input) {
  switch (model.avatar.pass) {
    case AvatarPass::none: return {};
    case AvatarPass::lora:
    case AvatarPass::finetune: return put_trained(model, spec, input);
    case AvatarPass::references: return put_references(model, spec, input);
  }
  return {};
}

Result<void> put_source(const Model& model, const GenerationSpec& spec, json::Object& input) {
  const SourceRule& rule = model.source;
  if (spec.source.empty()) {
    const bool has_to = !model.serves(Purpose::make);
    return has_to ? lacks(model, rule.field) : Result<void>();
  }
  if (rule.field.empty()) {
    return fail(Errc::option_out_of_range, model.endpoint + " takes no picture", about::Field{"source"});
  }
  if (rule.field == model.avatar.field && model.avatar.is_list) {
    json::Array& all = input[rule.field].as_array();
    all.insert(all.begin(), json::Value(spec.source));
  } else {
    input[rule.field] = spec.source;
  }
  if (!rule.strength_field.empty() && !rule.steps.empty()) {
    input[rule.strength_field] = rule.steps[std::min(spec.source_step, rule.steps.size() - 1)];
  }
  return {};
}

void put_size(const Model& model, const std::string& ratio, Size size, const Preset& preset, json::Object& input) {
  if (model.sizes.style == SizeStyle::image_size) {
    input["image_size"] = json::Object{{"width", size.width}, {"height", size.height}};
    return;
  }
  input["aspect_ratio"] = ratio;
  if (model.sizes.style == SizeStyle::resolution) {
    input["resolution"] = preset.resolution;
  }
}

/// Prompt, seed and the preset's parameters, each within its rule.
Result<json::Object> plain_fields(const Model& model, const GenerationSpec& spec, const Preset& preset) {
  json::Object out;
  out["prompt"] = framed(model.frame, spec.prompt);
  for (const auto& [key, value] : preset.parameters) {
    out[key] = value;
  }
  if (spec.seed && model.takes_seed()) {
    out["seed"] = *spec.seed;
  }
  for (const auto& [key, rule] : model.fields) {
    if (rule.required && !out.contains(key)) {
      return fail(Errc::option_out_of_range, fmt::format("{}: absent, allowed a value", key), about::Field{key});
    }
  }
  for (const auto& [key, value] : out) {
    if (auto checked = model.check(key, value); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
  }
  return out;
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
  const Preset& preset = presets.at(resolve(spec.quality));
  auto out = plain_fields(*this, spec, preset);
  if (!out) {
    return out;
  }
  if (auto put = put_avatar(*this, spec, *out); !put) {
    return std::unexpected(std::move(put.error()));
  }
  if (auto put = put_source(*this, spec, *out); !put) {
    return std::unexpected(std::move(put.error()));
  }
  put_size(*this, spec.aspect_ratio.empty() ? sizes.ratios.front() : spec.aspect_ratio, *expected, preset, *out);
  return out;
}

}  // namespace aisha::catalog
