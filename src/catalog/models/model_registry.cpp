// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model_registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "catalog/files/toml_reader.hpp"

namespace aisha::catalog {
namespace {

constexpr std::array<std::string_view, 3> kPasses{"none", "lora", "finetune"};
constexpr std::array<std::string_view, 5> kKinds{"text", "integer", "number", "boolean", "choice"};

std::size_t one_of(TableReader& in, std::string_view key, std::span<const std::string_view> names) {
  const std::string text = in.text(key);
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) {
    in.refuse(key, fmt::format("\"{}\" is none of {}", text, fmt::join(names, ", ")));
  }
  return static_cast<std::size_t>(found - names.begin());
}

const toml::table& need_table(TableReader& in, std::string_view key) {
  const toml::table* table = in.table(key);
  if (table == nullptr) {
    in.refuse(key, "is missing");
  }
  return *table;
}

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
  out.kind = static_cast<FieldKind>(one_of(in, "kind", kKinds));
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

void read_presets(TableReader& in, Model& model) {
  const toml::table& presets = need_table(in, "presets");
  for (const auto& [name, node] : presets) {
    if (!node.is_table()) {
      complain(in.file(), node, "presets: a table was expected");
    }
    TableReader reader(in.file(), *node.as_table(), fmt::format("presets.{}", name.str()));
    Preset preset;
    preset.long_side = static_cast<int>(reader.integer_or("long_side", 0, 256, 14'142));
    if (model.size_style == SizeStyle::image_size && preset.long_side == 0) {
      reader.refuse("long_side", "is missing");
    }
    if (const toml::table* parameters = reader.table("parameters")) {
      for (const auto& [key, value] : *parameters) {
        preset.parameters[key.str()] = to_json(reader, "parameters", value);
        if (const auto checked = model.check(key.str(), preset.parameters[key.str()]); !checked) {
          complain(in.file(), value, checked.error().detail);
        }
      }
    }
    reader.finish();
    model.presets.emplace(std::string(name.str()), std::move(preset));
  }
  if (!model.presets.contains(model.default_quality)) {
    in.refuse("default_quality", "names no preset");
  }
}

void read_avatar(TableReader in, Model& model) {
  model.avatar_pass = static_cast<AvatarPass>(one_of(in, "pass", kPasses));
  if (model.avatar_pass != AvatarPass::none) {
    model.avatar_field = in.text("field");
    model.strength_field = in.text("strength_field");
    model.min_strength = in.number_or("min", 0);
    model.max_strength = in.number_or("max", 1);
    model.default_strength = in.number_or("strength", 1);
    if (model.default_strength < model.min_strength || model.default_strength > model.max_strength) {
      in.refuse("strength", fmt::format("outside {} to {}", model.min_strength, model.max_strength));
    }
  }
  in.finish();
}

void read_size(TableReader in, Model& model) {
  constexpr std::array<std::string_view, 2> kStyles{"aspect", "image_size"};
  model.size_style = static_cast<SizeStyle>(one_of(in, "style", kStyles));
  model.side_multiple = static_cast<int>(in.integer_or("multiple", 1, 1, 64));
  model.ratios = in.texts("ratios");
  if (model.ratios.empty()) {
    in.refuse("ratios", "is missing");
  }
  for (const std::string& ratio : model.ratios) {
    if (ratio.find_first_not_of("0123456789:") != std::string::npos || ratio.size() < 3 || ratio.front() == '0' ||
        ratio.find(':') == std::string::npos || ratio.find(":0") != std::string::npos) {
      in.refuse("ratios", fmt::format("\"{}\" is no ratio", ratio));
    }
  }
  if (model.size_style == SizeStyle::aspect) {
    model.megapixels_per_image = in.integer("megapixels", 1, 100);
  }
  in.finish();
}

struct Parsed {
  Model model;
  std::optional<AvatarPass> default_for;
};

Parsed read_model(TableReader in) {
  Parsed out;
  Model& model = out.model;
  model.id = in.text("id");
  model.endpoint = in.text("endpoint");
  model.title = in.text("title");
  model.default_quality = in.text("default_quality");
  if (in.has("default_for")) {
    out.default_for = static_cast<AvatarPass>(one_of(in, "default_for", kPasses));
  }
  read_avatar({in.file(), need_table(in, "avatar"), "avatar"}, model);
  read_size({in.file(), need_table(in, "size"), "size"}, model);
  TableReader price(in.file(), need_table(in, "price"), "price");
  model.image_micro_usd = price.integer_or("image_micro_usd", 0, 0, 100'000'000);
  model.megapixel_micro_usd = price.integer_or("megapixel_micro_usd", 0, 0, 100'000'000);
  price.finish();
  TableReader output(in.file(), need_table(in, "output"), "output");
  model.images_field = output.text_or("images", "images");
  model.nsfw_field = output.text_or("nsfw", "");
  output.finish();
  for (const auto& [name, node] : need_table(in, "fields")) {
    if (!node.is_table()) {
      complain(in.file(), node, "fields: a table was expected");
    }
    model.fields.emplace(std::string(name.str()),
                         read_field({in.file(), *node.as_table(), fmt::format("fields.{}", name.str())}));
  }
  read_presets(in, model);
  if (out.default_for && *out.default_for != model.avatar_pass) {
    in.refuse("default_for", "differs from avatar.pass");
  }
  in.finish({"default_for"});
  return out;
}

}  // namespace

Result<ModelRegistry> ModelRegistry::parse(const std::vector<SourceFile>& files) {
  ModelRegistry out;
  std::array<bool, 3> has_default{};
  try {
    for (const SourceFile& file : files) {
      const toml::table root = parse_file(file);
      Parsed parsed = read_model({file.name, root, "model"});
      if (out.find(parsed.model.id) != nullptr) {
        complain(file.name, *root.get("id"), fmt::format("model \"{}\" is defined twice", parsed.model.id));
      }
      if (parsed.default_for) {
        const auto kind = static_cast<std::size_t>(*parsed.default_for);
        if (std::exchange(has_default[kind], true)) {
          complain(file.name, *root.get("default_for"), "another model is already the default");
        }
        out.default_[kind] = out.models_.size();
      }
      out.models_.push_back(std::move(parsed.model));
    }
  } catch (const Mistake& mistake) {
    return fail(Errc::catalog_invalid, mistake.text);
  }
  for (std::size_t kind = 0; kind < has_default.size(); ++kind) {
    if (!has_default[kind]) {
      return fail(Errc::catalog_invalid, fmt::format("models: none has default_for = \"{}\"", kPasses[kind]));
    }
  }
  return out;
}

Result<ModelRegistry> ModelRegistry::load(const Source& source) {
  const auto files = source.read("models");
  if (!files) {
    return std::unexpected(files.error());
  }
  return parse(*files);
}

const Model* ModelRegistry::find(std::string_view id) const {
  const auto found = std::ranges::find(models_, id, &Model::id);
  return found == models_.end() ? nullptr : &*found;
}

const Model* ModelRegistry::by_endpoint(std::string_view endpoint) const {
  const auto found = std::ranges::find(models_, endpoint, &Model::endpoint);
  return found == models_.end() ? nullptr : &*found;
}

const Model& ModelRegistry::for_avatar(AvatarPass pass) const {
  return models_[default_[static_cast<std::size_t>(pass)]];
}

}  // namespace aisha::catalog
