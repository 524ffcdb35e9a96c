// SPDX-License-Identifier: Apache-2.0
#include "bot/features/create/flow.hpp"

#include <algorithm>

#include "bot/features/create/screen.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/quality_words.hpp"
#include "bot/flow/ratio_choice.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::create {
namespace {

/// What decides the styles that are shown; without a usable avatar the reply says so instead (E1, E2).
Result<domain::Avatar> usable_avatar(const FlowContext& context) {
  const auto& avatar = context.actor.main_avatar();
  if (!avatar) {
    return fail(Errc::avatar_none);
  }
  const auto usable = domain::check_usable(*avatar);
  if (!usable) {
    return std::unexpected(usable.error());
  }
  return *avatar;
}

/// Styles under one heading.
struct Shelf {
  CategoryItem item;
  std::string note;
  std::vector<StyleItem> styles;
};

/// Nothing on it when the catalogue has no such shelf.
Shelf shelf_of(const FlowContext& context, const std::string& id, domain::AvatarKind kind) {
  const CatalogView& catalog_view = context.bot.catalog_view;
  const domain::Language language = context.actor.settings().language;
  Shelf shelf;
  if (id == kSearch) {
    const std::string& words = context.chat.row.searched;
    const auto found = catalog_view.find_styles(words, kind);
    shelf.item = {id, "🔍", context.texts().plain("search.title", {{"words", words}})};
    if (!found.corrected.empty()) {
      shelf.note = context.texts().plain("search.corrected", {{"word", found.corrected}});
    }
    for (const std::string& style : found.ids) {
      if (auto known = catalog_view.style(style, language)) {
        shelf.styles.push_back(std::move(known->item));
      }
    }
    return shelf;
  }
  if (auto item = catalog_view.category(id, language)) {
    shelf.item = std::move(*item);
    shelf.styles = catalog_view.in_category(id, kind, language);
  }
  return shelf;
}

}  // namespace

Task<Reply> open(FlowContext& context) {
  auto avatar = usable_avatar(context);
  if (!avatar) {
    co_return refuse(std::move(avatar.error()));
  }
  const CatalogView& catalog_view = context.bot.catalog_view;
  const domain::Language language = context.actor.settings().language;
  context.chat.row.awaits = domain::Awaits::nothing;
  Reply reply;
  reply.card = create_card(context.texts(), {.avatar = context.bot.people.name_of(*avatar, language),
                                             .kind = avatar->kind,
                                             .quick_looks = catalog_view.quick_looks(avatar->kind, language),
                                             .categories = catalog_view.categories(avatar->kind, language),
                                             .confirm = context.actor.settings().confirm,
                                             .nonce = nonce_now(context)});
  co_return reply;
}

Task<Reply> category(FlowContext& context, Category to) {
  auto avatar = usable_avatar(context);
  if (!avatar) {
    co_return refuse(std::move(avatar.error()));
  }
  const Shelf shelf = shelf_of(context, to.category, avatar->kind);
  const auto& styles = shelf.styles;
  if (styles.empty()) {
    co_return stale();
  }
  constexpr auto kPer = static_cast<std::int64_t>(kStylesPerPage);
  const std::int64_t pages = (std::ssize(styles) + kPer - 1) / kPer;
  const std::int64_t page = std::clamp<std::int64_t>(to.page, 0, pages - 1);
  const auto first = styles.begin() + page * kPer;
  const auto last = std::min(first + kPer, styles.end());
  Reply reply;
  reply.card = category_card(context.texts(), {.category = shelf.item,
                                               .note = shelf.note,
                                               .kind = avatar->kind,
                                               .styles = {first, last},
                                               .page = page,
                                               .pages = pages,
                                               .info = to.info,
                                               .coins = context.actor.balance(),
                                               .confirm = context.actor.settings().confirm,
                                               .nonce = nonce_now(context)});
  co_return reply;
}

Task<Reply> style(FlowContext& context, Style to) {
  auto avatar = usable_avatar(context);
  if (!avatar) {
    co_return refuse(std::move(avatar.error()));
  }
  const domain::UserSettings& settings = context.actor.settings();
  const auto found = context.bot.catalog_view.style(to.style, settings.language);
  if (!found) {
    co_return refuse(found.error());
  }
  const bool was_found = to.origin == Origin::search;
  const Shelf shelf = shelf_of(context, was_found ? std::string(kSearch) : found->category, avatar->kind);
  const auto place = std::ranges::find(shelf.styles, to.style, &StyleItem::id) - shelf.styles.begin();
  Reply reply;
  reply.card = style_card(
      context.texts(), {.style = found->item,
                        .category = found->category,
                        .page = place / static_cast<std::int64_t>(kStylesPerPage),
                        .kind = avatar->kind,
                        .origin = to.origin,
                        .ratio = settings.aspect_ratio,
                        .ratios = context.bot.catalog_view.ratios(*avatar),
                        .quality = quality_label(context.texts(), context.bot.catalog_view.quality(*avatar, settings)),
                        .nonce = nonce_now(context)});
  co_return reply;
}

Task<Reply> style_ratio(FlowContext& context, StyleRatio what) {
  const auto chosen = choose_ratio(context, what.ratio);
  if (!chosen) {
    co_return refuse(chosen.error());
  }
  Style back{std::move(what.style), what.origin};
  co_return co_await style(context, std::move(back));
}

Task<Reply> generate(FlowContext& context, Generate what) {
  services::GenerationOrder order;
  order.template_id = what.style;
  const Shown shown{what.nonce, what.price};
  auto accepted = co_await place_order(context, std::move(order), shown);
  if (!is_outdated(accepted)) {
    co_return answer_order(context, std::move(accepted));
  }
  Style anew{std::move(what.style), Origin::create};
  Reply reply = co_await style(context, std::move(anew));
  reply.toast = outdated_toast(context, accepted.error());
  co_return reply;
}

}  // namespace aisha::bot::create
