// SPDX-License-Identifier: Apache-2.0
#include "bot/features/create/shelves.hpp"

#include <algorithm>

#include "services/tastes/tastes.hpp"

namespace aisha::bot::create {
namespace {

constexpr std::size_t kPopularNamed = 2;

std::vector<StyleItem> items_of(const FlowContext& context, const std::vector<std::string>& ids) {
  const std::int64_t surcharge = context.surcharge();
  std::vector<StyleItem> out;
  for (const std::string& id : ids) {
    auto found = context.bot.catalog_view.style(id, context.actor.settings().language, surcharge);
    if (found) {
      out.push_back(std::move(found->item));
    }
  }
  return out;
}

void mark(const FlowContext& context, const catalog::Audience& audience, std::vector<StyleItem>& styles) {
  const auto flames = context.bot.tastes.flames(audience);
  const auto rising = context.bot.tastes.rising(audience);
  for (StyleItem& style : styles) {
    style.popular = std::ranges::find(flames, style.id) != flames.end();
    style.rising = std::ranges::find(rising, style.id) != rising.end();
    style.fresh = context.bot.catalog_view.is_new(style.id, audience.day);
  }
}

Shelf popular(const FlowContext& context, const catalog::Audience& audience) {
  const texts::Texts& texts = context.texts();
  const auto liked = context.bot.tastes.popular(audience);
  const bool is_start = liked.counted == 0;
  const bool is_filled = liked.counted < liked.styles.size();
  Shelf out;
  out.category = is_start ? CategoryItem{std::string(kPopular), "✨", texts.plain("shelf.start")}
                          : CategoryItem{std::string(kPopular), "🔥", texts.plain("shelf.popular")};
  out.note = texts.plain(is_start ? "shelf.start_note" : is_filled ? "shelf.filled_note" : "shelf.popular_note");
  out.styles = items_of(context, liked.styles);
  out.offers_rising = !context.bot.tastes.rising(audience).empty();
  return out;
}

Shelf rising(const FlowContext& context, const catalog::Audience& audience) {
  const texts::Texts& texts = context.texts();
  Shelf out;
  out.category = {std::string(kRising), "📈", texts.plain("shelf.rising")};
  out.note = texts.plain("shelf.rising_note");
  out.styles = items_of(context, context.bot.tastes.rising(audience));
  return out;
}

std::string reason_of(const FlowContext& context, const services::Recommended& one) {
  const texts::Texts& texts = context.texts();
  switch (one.why) {
    case services::Why::liked: {
      const auto language = context.actor.settings().language;
      return texts.plain("reason.liked", {{"style", context.bot.catalog_view.style_title(one.because, language)}});
    }
    case services::Why::popular: return texts.plain("reason.popular");
    case services::Why::start: return texts.plain("reason.start");
    case services::Why::fresh: break;
  }
  return texts.plain("reason.fresh");
}

Shelf for_you(const FlowContext& context, const catalog::Audience& audience, const services::PersonStyles& own) {
  const texts::Texts& texts = context.texts();
  Shelf out;
  out.category = {std::string(kForYou), "✨", texts.plain("shelf.for_you")};
  out.note = own.days.empty() ? std::string() : texts.plain("shelf.for_you_note");
  out.per_page = services::kForYouPerPage;
  for (const services::Recommended& one : context.bot.tastes.for_you(own, audience)) {
    auto items = items_of(context, {one.style});
    if (!items.empty()) {
      out.styles.push_back(std::move(items.front()));
      out.reasons.push_back(reason_of(context, one));
    }
  }
  return out;
}

Shelf found(const FlowContext& context, const catalog::Audience& audience) {
  const texts::Texts& texts = context.texts();
  const std::string& words = context.chat.row.searched;
  const auto popular_first = context.bot.tastes.popular(audience);
  const auto looked = context.bot.catalog_view.find_styles(words, audience, popular_first.styles);
  Shelf out;
  out.category = {std::string(kSearch), "🔍", texts.plain("search.title", {{"words", words}})};
  out.note = looked.corrected.empty() ? std::string() : texts.plain("search.corrected", {{"word", looked.corrected}});
  out.styles = items_of(context, looked.ids);
  out.count = texts.count("count.styles", std::ssize(out.styles));
  return out;
}

std::optional<Shelf> of_catalogue(const FlowContext& context, const std::string& category,
                                  const catalog::Audience& audience) {
  const domain::Language language = context.actor.settings().language;
  auto shelf = context.bot.catalog_view.category(category, language);
  if (!shelf) {
    return std::nullopt;
  }
  Shelf out;
  out.category = std::move(*shelf);
  out.styles = context.bot.catalog_view.in_category(category, audience, language);
  return out;
}

}  // namespace

std::int64_t Shelf::page_of(std::string_view style) const {
  const auto at = std::ranges::find(styles, style, &StyleItem::id);
  return at == styles.end() ? 0 : (at - styles.begin()) / static_cast<std::int64_t>(per_page);
}

std::optional<Shelf> find_shelf(const FlowContext& context, const std::string& category,
                                const catalog::Audience& audience, const services::PersonStyles& own) {
  std::optional<Shelf> out;
  if (category == kForYou) {
    out = for_you(context, audience, own);
  } else if (category == kSearch) {
    out = found(context, audience);
  } else if (category == kRising && !context.bot.tastes.rising(audience).empty()) {
    out = rising(context, audience);
  } else if (category == kPopular || category == kRising) {
    // What grew when the button was drawn may have stopped since.
    out = popular(context, audience);
  } else {
    out = of_catalogue(context, category, audience);
  }
  if (!out || out->styles.empty()) {
    return std::nullopt;
  }
  mark(context, audience, out->styles);
  return out;
}

std::string popular_line(const FlowContext& context, const catalog::Audience& audience) {
  auto liked = context.bot.tastes.popular(audience);
  const bool is_start = liked.counted == 0;
  liked.styles.resize(std::min(kPopularNamed, is_start ? liked.styles.size() : liked.counted));
  std::string names;
  for (const StyleItem& style : items_of(context, liked.styles)) {
    names += (names.empty() ? "" : ", ") + style.title;
  }
  return context.texts().plain(is_start ? "create.start" : "create.popular", {{"styles", names}});
}

}  // namespace aisha::bot::create
