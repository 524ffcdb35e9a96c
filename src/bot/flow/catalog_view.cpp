// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/catalog_view.hpp"

#include <algorithm>
#include <array>

#include "catalog/models/model_manager.hpp"
#include "catalog/templates/template_manager.hpp"

namespace aisha::bot {
namespace {

/// What the format button offers, of what the model can.
constexpr std::array<std::string_view, 6> kRatios{"3:4", "1:1", "4:3", "9:16", "16:9", "21:9"};
constexpr std::size_t kSamples = 6;
constexpr int kTwoK = 2048;  ///< a long side from here on is 2K

/// nullptr while every row for such an avatar is switched off.
catalog::ModelRef model_of(const services::Catalog& catalog, const std::optional<domain::Avatar>& avatar,
                           const std::string& quality = {}) {
  return catalog.models.choose(services::wish_of(avatar.value_or(domain::Avatar{}), quality));
}

std::string size_label(int width, int height) {
  return std::max(width, height) >= kTwoK ? "2K" : "1K";
}

}  // namespace

StyleItem CatalogView::item_of(const catalog::Template& style, domain::Language language,
                               std::int64_t surcharge) const {
  const std::string_view word = domain::text_of(language);
  return {.id = style.id,
          .icon = style.emoji,
          .title = style.name.in(word),
          .description = style.description.in(word),
          .price = domain::price_of(style.price_or(price_), surcharge),
          .premium = style.premium};
}

std::vector<StyleItem> CatalogView::quick_looks(const catalog::Audience& audience, domain::Language language) const {
  std::vector<StyleItem> out;
  for (const auto& style : catalog_.templates.quick_looks(audience)) {
    out.push_back(item_of(*style, language, audience.surcharge));
  }
  return out;
}

std::vector<CategoryItem> CatalogView::categories(const catalog::Audience& audience, domain::Language language) const {
  std::vector<CategoryItem> out;
  for (const catalog::Category& shelf : catalog_.templates.categories(audience)) {
    out.push_back({shelf.id, shelf.emoji, shelf.name.in(domain::text_of(language))});
  }
  return out;
}

std::vector<StyleItem> CatalogView::in_category(std::string_view category, const catalog::Audience& audience,
                                                domain::Language language) const {
  std::vector<StyleItem> out;
  for (const auto& style : catalog_.templates.in_category(category, audience)) {
    out.push_back(item_of(*style, language, audience.surcharge));
  }
  return out;
}

std::optional<CategoryItem> CatalogView::category(std::string_view id, domain::Language language) const {
  const catalog::Category* shelf = catalog_.templates.category(id);
  if (shelf == nullptr) {
    return std::nullopt;
  }
  return CategoryItem{shelf->id, shelf->emoji, shelf->name.in(domain::text_of(language))};
}

Result<CatalogView::Found> CatalogView::style(std::string_view id, domain::Language language,
                                              std::int64_t surcharge) const {
  const auto found = catalog_.templates.find(id);
  if (!found) {
    return std::unexpected(found.error());
  }
  return Found{item_of(**found, language, surcharge), (*found)->category};
}

CatalogView::Looked CatalogView::find_styles(std::string_view words, const catalog::Audience& audience,
                                             std::span<const std::string> popular) const {
  auto found = catalog_.templates.search({.text = words, .audience = audience, .popular = popular});
  Looked out{{}, std::move(found.corrected)};
  for (const auto& style : found.styles) {
    out.ids.push_back(style->id);
  }
  return out;
}

bool CatalogView::suits(std::string_view id, const catalog::Audience& audience) const {
  const auto found = catalog_.templates.find(id);
  return found && (*found)->suits(audience);
}

bool CatalogView::is_in_season(std::string_view id, std::string_view day) const {
  const auto found = catalog_.templates.find(id);
  return found && (*found)->is_in_season(day);
}

bool CatalogView::is_new(std::string_view id, std::string_view day) const {
  const auto found = catalog_.templates.find(id);
  return found && (*found)->is_new(day);
}

std::vector<StyleItem> CatalogView::kept_styles(const std::vector<std::string>& ids, const catalog::Audience& audience,
                                                domain::Language language) const {
  const auto& all = catalog_.templates.all().templates;
  std::vector<StyleItem> out;
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(all, id, [](const auto& style) -> const std::string& { return style->id; });
    StyleItem item;
    item.id = id;
    item.title = id;
    item.price = price(audience.surcharge);
    if (found != all.end()) {
      item = item_of(**found, language, audience.surcharge);
    }
    item.is_available = found != all.end() && (*found)->enabled && (*found)->suits(audience);
    out.push_back(std::move(item));
  }
  return out;
}

std::string CatalogView::style_title(std::string_view id, domain::Language language) const {
  const auto found = catalog_.templates.find(id);
  return found ? (*found)->name.in(domain::text_of(language)) : std::string(id);
}

std::vector<std::string> CatalogView::samples() const {
  // A bit of everything: the first style of each shelf, then the second ones.
  const catalog::Audience anybody;
  std::vector<std::string> out;
  for (std::size_t place = 0; place < kSamples && out.size() < kSamples; ++place) {
    for (const catalog::Category& shelf : catalog_.templates.categories(anybody)) {
      const auto styles = catalog_.templates.in_category(shelf.id, anybody);
      if (place < styles.size() && out.size() < kSamples) {
        out.push_back(styles[place]->id);
      }
    }
  }
  return out;
}

std::int64_t CatalogView::surcharge(const std::optional<domain::Avatar>& avatar, const std::string& quality) const {
  const auto model = model_of(catalog_, avatar, quality);
  return model == nullptr ? 0 : model->surcharge_of(model->resolve(quality));
}

CatalogView::Prices CatalogView::prices() const {
  Prices out{price_, price_};
  for (const auto& style : catalog_.templates.all().templates) {
    const std::int64_t price = style->price_or(price_);
    if (style->enabled) {
      out.lowest = std::min(out.lowest, price);
      out.highest = std::max(out.highest, price);
    }
  }
  return out;
}

std::vector<std::string> CatalogView::ratios(const std::optional<domain::Avatar>& avatar,
                                             const std::string& quality) const {
  const auto model = model_of(catalog_, avatar, quality);
  return offered(model == nullptr ? std::vector<std::string>() : model->ratios_for(quality));
}

std::vector<std::string> CatalogView::offered(const std::vector<std::string>& known) {
  std::vector<std::string> out;
  for (const std::string_view ratio : kRatios) {
    if (std::ranges::find(known, ratio) != known.end()) {
      out.emplace_back(ratio);
    }
  }
  return out;
}

std::vector<std::string> CatalogView::qualities(const std::optional<domain::Avatar>& avatar) const {
  std::vector<std::string> out{std::string(catalog::kAuto)};
  if (const auto model = model_of(catalog_, avatar); model != nullptr) {
    std::ranges::copy(model->qualities(), std::back_inserter(out));
  }
  return out;
}

CatalogView::Quality CatalogView::quality(const std::optional<domain::Avatar>& avatar,
                                          const domain::UserSettings& settings) const {
  const auto model = model_of(catalog_, avatar, settings.quality_preset);
  if (model == nullptr) {
    return {settings.quality_preset, {}};
  }
  Quality out;
  out.preset = model->resolve(settings.quality_preset);
  const auto size = model->size(out.preset, settings.aspect_ratio);
  out.size = size ? size_label(size->width, size->height) : std::string();
  return out;
}

GenerationView CatalogView::generation(const domain::Picture& picture, const std::optional<domain::Avatar>& avatar,
                                       domain::Language language) const {
  GenerationView out;
  out.id = picture.id;
  out.style = picture.template_id;
  const auto found = catalog_.templates.find(picture.template_id);
  const std::int64_t style_price = found ? (*found)->price_or(price_) : price_;
  out.price = domain::price_of(style_price, surcharge(avatar, picture.quality_preset));
  out.title = found ? (*found)->name.in(domain::text_of(language)) : picture.template_id;
  out.own_prompt = picture.custom_prompt;
  if (avatar) {
    out.avatar = avatar->name;
    out.kind = avatar->kind;
  }
  const bool own = picture.template_id.empty();
  out.words = own || !found ? picture.custom_prompt : (*found)->description.in(domain::text_of(language));
  if (own || !found) {
    out.prompt = picture.custom_prompt;
  } else {
    out.prompt = avatar ? (*found)->prompt_for(*avatar) : (*found)->prompt_for(out.kind);
  }
  const auto model = catalog_.models.by_endpoint(picture.model);
  out.model = model == nullptr ? picture.model : model->title;
  if (model != nullptr) {
    const auto size = model->size(picture.quality_preset, picture.aspect_ratio);
    out.size = size ? size_label(size->width, size->height) : picture.quality_preset;
  }
  return out;
}

}  // namespace aisha::bot
