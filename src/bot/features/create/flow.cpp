// SPDX-License-Identifier: Apache-2.0
#include "bot/features/create/screen.hpp"

#include <algorithm>

#include "bot/cards/layout.hpp"
#include "bot/features/flows.hpp"

namespace aisha::bot::flows {
namespace {

/// What the person's avatar allows; without a usable avatar the reply says so instead (E1, E2).
Result<domain::Avatar> usable(const std::optional<domain::Avatar>& avatar) {
  if (!avatar) {
    return fail(Errc::avatar_none);
  }
  switch (avatar->status) {
    case domain::AvatarStatus::completed: return *avatar;
    case domain::AvatarStatus::error:
    case domain::AvatarStatus::cancelled: return fail(Errc::avatar_failed, avatar->name);
    default: return fail(Errc::avatar_training, avatar->name);
  }
}

}  // namespace

Task<Reply> create(FlowContext& context) {
  const auto main = co_await context.bot.people.main_avatar(context.turn);
  auto avatar = usable(main);
  if (!avatar) {
    co_return co_await refuse(context, std::move(avatar.error()));
  }
  const CatalogView& catalog_view = context.bot.catalog_view;
  const domain::Language language = context.turn.settings().language;
  context.turn.chat().pending = domain::PendingInput::none;
  Reply reply;
  reply.card = screens::create(context.texts(), {.avatar = avatar->name,
                                                 .kind = avatar->kind,
                                                 .quick_looks = catalog_view.quick_looks(avatar->kind, language),
                                                 .popular = catalog_view.popular(avatar->kind, language),
                                                 .categories = catalog_view.categories(avatar->kind, language),
                                                 .confirm = context.turn.settings().confirm,
                                                 .nonce = context.turn.chat().card_revision});
  co_return reply;
}

Task<Reply> category(FlowContext& context, route::Category to) {
  const auto main = co_await context.bot.people.main_avatar(context.turn);
  auto avatar = usable(main);
  if (!avatar) {
    co_return co_await refuse(context, std::move(avatar.error()));
  }
  const domain::Language language = context.turn.settings().language;
  const auto shelf = context.bot.catalog_view.category(to.category, language);
  auto styles = context.bot.catalog_view.in_category(to.category, avatar->kind, language);
  if (!shelf || styles.empty()) {
    co_return co_await stale(context);
  }
  constexpr auto kPer = static_cast<std::int64_t>(screens::kStylesPerPage);
  const std::int64_t pages = (std::ssize(styles) + kPer - 1) / kPer;
  const std::int64_t page = std::clamp<std::int64_t>(to.page, 0, pages - 1);
  const auto first = styles.begin() + page * kPer;
  const auto last = std::min(first + kPer, styles.end());
  Reply reply;
  reply.card = screens::category(context.texts(), {.category = *shelf,
                                                   .kind = avatar->kind,
                                                   .styles = {first, last},
                                                   .page = page,
                                                   .pages = pages,
                                                   .info = to.info,
                                                   .coins = context.turn.balance(),
                                                   .confirm = context.turn.settings().confirm,
                                                   .nonce = context.turn.chat().card_revision});
  co_return reply;
}

Task<Reply> style(FlowContext& context, route::Style to) {
  const auto main = co_await context.bot.people.main_avatar(context.turn);
  auto avatar = usable(main);
  if (!avatar) {
    co_return co_await refuse(context, std::move(avatar.error()));
  }
  const auto found = context.bot.catalog_view.style(to.style, context.turn.settings().language);
  if (!found) {
    co_return co_await refuse(context, found.error());
  }
  const domain::UserSettings& settings = context.turn.settings();
  Reply reply;
  reply.card = screens::style(context.texts(), {.style = found->item,
                                                .category = found->category,
                                                .kind = avatar->kind,
                                                .origin = to.origin,
                                                .ratio = settings.aspect_ratio,
                                                .ratios = context.bot.catalog_view.ratios(*avatar),
                                                .quality = context.bot.catalog_view.quality_label(*avatar, settings),
                                                .nonce = context.turn.chat().card_revision});
  co_return reply;
}

Task<Reply> style_ratio(FlowContext& context, route::StyleRatio to) {
  const route::Set change{route::Setting::ratio, to.ratio};
  const Reply changed = co_await set(context, change);
  if (!changed.toast.empty()) {
    co_return changed;
  }
  route::Style back{to.style, to.origin};
  co_return co_await style(context, std::move(back));
}

}  // namespace aisha::bot::flows
