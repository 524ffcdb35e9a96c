// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model_parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/files/toml_reader.hpp"
#include "catalog/models/field_parser.hpp"

namespace aisha::catalog {
namespace {

constexpr std::string_view kRoutes = "routes.toml";

void read_avatar(TableReader in, Model& model) {
  AvatarRule& rule = model.avatar;
  rule.pass = static_cast<AvatarPass>(in.one_of("pass", kPasses));
  if (rule.pass == AvatarPass::references) {
    rule.field = in.text("field");
    rule.is_list = in.boolean_or("list", false);
    rule.least = static_cast<int>(in.integer_or("least", 1, 1, 20));
    rule.most = static_cast<int>(in.integer_or("most", rule.least, rule.least, 20));
  } else if (rule.pass != AvatarPass::none) {
    rule.field = in.text("field");
    rule.strength_field = in.text("strength_field");
    rule.min = in.number_or("min", 0);
    rule.max = in.number_or("max", 1);
    rule.strength = in.number_or("strength", 1);
    if (rule.strength < rule.min || rule.strength > rule.max) {
      in.refuse("strength", fmt::format("outside {} to {}", rule.min, rule.max));
    }
  }
  if (rule.pass == AvatarPass::lora) {
    rule.family = in.text("family");
  }
  in.finish();
}

void read_source(TableReader& in, Model& model) {
  const toml::table* table = in.table("source");
  const bool needed = model.serves(Purpose::picture) || model.serves(Purpose::words);
  if (needed != (table != nullptr)) {
    in.refuse("source", "belongs to the purposes picture and words");
  }
  if (table == nullptr) {
    return;
  }
  TableReader source(in.file(), *table, "source");
  model.source.field = source.text("field");
  model.source.strength_field = source.text_or("strength_field", "");
  model.source.steps = source.numbers("steps");
  if (model.source.strength_field.empty() != model.source.steps.empty()) {
    source.refuse("steps", "belong to strength_field");
  }
  source.finish();
}

bool is_ratio(const std::string& text) {
  return text.find_first_not_of("0123456789:") == std::string::npos && text.size() >= 3 && text.size() <= 7 &&
         std::ranges::count(text, ':') == 1 && text.front() != '0' && text.front() != ':' && text.back() != ':' &&
         text.find(":0") == std::string::npos;
}

void read_size(TableReader in, Model& model) {
  SizeRule& rule = model.sizes;
  rule.style = static_cast<SizeStyle>(in.one_of("style", kSizeStyles));
  rule.multiple = static_cast<int>(in.integer_or("multiple", 1, 1, 64));
  rule.megapixels = in.number_or("megapixels", 0);
  rule.min_side = static_cast<int>(in.integer_or("min_side", 0, 0, 16'384));
  rule.max_side = static_cast<int>(in.integer_or("max_side", 0, 0, 16'384));
  rule.min_pixels = in.integer_or("min_pixels", 0, 0, 268'435'456);
  rule.ratios = in.texts("ratios");
  if (rule.ratios.empty()) {
    in.refuse("ratios", "is missing");
  }
  for (const std::string& ratio : rule.ratios) {
    if (!is_ratio(ratio)) {
      in.refuse("ratios", fmt::format("\"{}\" is no ratio", ratio));
    }
  }
  if (rule.megapixels < 0 || rule.megapixels > 100) {
    in.refuse("megapixels", "outside 0 to 100");
  }
  in.finish();
}

void read_price(TableReader in, Model& model) {
  constexpr std::int64_t kMost = 100'000'000;
  PriceRule& price = model.price;
  price.image = in.integer_or("image", 0, 0, kMost);
  price.first_megapixel = in.integer_or("first_megapixel", 0, 0, kMost);
  price.megapixel = in.integer_or("megapixel", 0, 0, kMost);
  price.input_megapixel = in.integer_or("input_megapixel", 0, 0, kMost);
  if (const toml::table* tiers = in.table("tier")) {
    TableReader reader(in.file(), *tiers, "price.tier");
    for (const auto& [name, node] : *tiers) {
      price.tiers.emplace(name.str(), reader.integer(name.str(), 0, kMost));
    }
    reader.finish();
  }
  in.finish();
}

void read_prompt(TableReader& in, Model& model) {
  const toml::table* table = in.table("prompt");
  if (table == nullptr) {
    return;
  }
  TableReader prompt(in.file(), *table, "prompt");
  model.frame = prompt.text_or("frame", "");
  model.needs_trigger = prompt.boolean_or("trigger", true);
  if (!model.frame.empty() && model.frame.find("{prompt}") == std::string::npos) {
    prompt.refuse("frame", "lacks {prompt}");
  }
  prompt.finish();
}

void read_output(TableReader in, Model& model) {
  model.images_field = in.text_or("images", "images");
  model.nsfw_field = in.text_or("nsfw", "");
  model.is_repeatable = in.boolean_or("repeatable", false);
  in.finish();
}

void read_facts(TableReader in, Model& model) {
  model.checked = in.text("checked");
  model.sources = in.texts("sources");
  in.finish();
}

Model read_model(TableReader in) {
  Model model;
  model.id = in.text("id");
  model.endpoint = in.text("endpoint");
  model.title = in.text("title");
  model.default_quality = in.text("default_quality");
  model.surcharge = in.integer_or("surcharge", 0, -1'000, 1'000);
  for (const std::string& purpose : in.texts("purpose")) {
    const auto found = std::ranges::find(kPurposes, purpose);
    if (found == kPurposes.end()) {
      in.refuse("purpose", fmt::format("\"{}\" is none of {}", purpose, fmt::join(kPurposes, ", ")));
    }
    model.purposes.push_back(static_cast<Purpose>(found - kPurposes.begin()));
  }
  if (model.purposes.empty()) {
    in.refuse("purpose", "is missing");
  }
  read_avatar({in.file(), in.need_table("avatar"), "avatar"}, model);
  read_source(in, model);
  read_size({in.file(), in.need_table("size"), "size"}, model);
  read_price({in.file(), in.need_table("price"), "price"}, model);
  read_prompt(in, model);
  read_output({in.file(), in.need_table("output"), "output"}, model);
  read_facts({in.file(), in.need_table("facts"), "facts"}, model);
  read_fields(in, model);
  read_presets(in, model);
  in.finish();
  return model;
}

bool is_routes(const SourceFile& file) {
  return file.name.ends_with(kRoutes);
}

void read_row(const SourceFile& file, std::vector<ModelRef>& models) {
  const toml::table root = parse_file(file);
  auto row = std::make_shared<const Model>(read_model({file.name, root, "model"}));
  for (const ModelRef& other : models) {
    if (other->id == row->id) {
      complain(file.name, *root.get("id"), fmt::format("model \"{}\" is defined twice", row->id));
    }
    if (other->endpoint == row->endpoint) {
      complain(file.name, *root.get("endpoint"), fmt::format("endpoint \"{}\" is defined twice", row->endpoint));
    }
  }
  models.push_back(std::move(row));
}

}  // namespace

Result<ModelEdition> parse_models(const std::vector<SourceFile>& files) {
  ModelEdition out;
  const auto routes = std::ranges::find_if(files, is_routes);
  if (routes == files.end()) {
    return fail(Errc::catalog_invalid, "models: routes.toml is missing");
  }
  try {
    for (const SourceFile& file : files) {
      if (!is_routes(file)) {
        read_row(file, out.models);
      }
    }
    out.routes = Routes::parse(*routes, out.models);
  } catch (const Mistake& mistake) {
    return fail(Errc::catalog_invalid, mistake.text);
  }
  return out;
}

Result<ModelEdition> read_models(const Source& source) {
  const auto files = source.read("models");
  if (!files) {
    return std::unexpected(files.error());
  }
  return parse_models(*files);
}

}  // namespace aisha::catalog
