// SPDX-License-Identifier: Apache-2.0
#include "bot/screens/styles.hpp"

#include <algorithm>

#include "bot/flows/flows.hpp"
#include "bot/screens/layout.hpp"

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

Task<Reply> create(Scene& scene) {
  const auto main = co_await scene.tools.people.main_avatar(scene.turn);
  auto avatar = usable(main);
  if (!avatar) {
    co_return co_await refuse(scene, std::move(avatar.error()));
  }
  const Showcase& showcase = scene.tools.showcase;
  const domain::Language language = scene.turn.settings().language;
  scene.turn.chat().pending = domain::PendingInput::none;
  Reply reply;
  reply.card = screens::create(scene.texts(), {.avatar = avatar->name,
                                               .kind = avatar->kind,
                                               .quick_looks = showcase.quick_looks(avatar->kind, language),
                                               .popular = showcase.popular(avatar->kind, language),
                                               .categories = showcase.categories(avatar->kind, language),
                                               .confirm = scene.turn.settings().confirm,
                                               .nonce = scene.turn.chat().card_revision});
  co_return reply;
}

Task<Reply> category(Scene& scene, route::Category to) {
  const auto main = co_await scene.tools.people.main_avatar(scene.turn);
  auto avatar = usable(main);
  if (!avatar) {
    co_return co_await refuse(scene, std::move(avatar.error()));
  }
  const domain::Language language = scene.turn.settings().language;
  const auto shelf = scene.tools.showcase.category(to.category, language);
  auto styles = scene.tools.showcase.in_category(to.category, avatar->kind, language);
  if (!shelf || styles.empty()) {
    co_return co_await stale(scene);
  }
  constexpr auto kPer = static_cast<std::int64_t>(screens::kStylesPerPage);
  const std::int64_t pages = (std::ssize(styles) + kPer - 1) / kPer;
  const std::int64_t page = std::clamp<std::int64_t>(to.page, 0, pages - 1);
  const auto first = styles.begin() + page * kPer;
  const auto last = std::min(first + kPer, styles.end());
  Reply reply;
  reply.card = screens::category(scene.texts(), {.category = *shelf,
                                                 .kind = avatar->kind,
                                                 .styles = {first, last},
                                                 .page = page,
                                                 .pages = pages,
                                                 .info = to.info,
                                                 .coins = scene.turn.balance(),
                                                 .confirm = scene.turn.settings().confirm,
                                                 .nonce = scene.turn.chat().card_revision});
  co_return reply;
}

Task<Reply> style(Scene& scene, route::Style to) {
  const auto main = co_await scene.tools.people.main_avatar(scene.turn);
  auto avatar = usable(main);
  if (!avatar) {
    co_return co_await refuse(scene, std::move(avatar.error()));
  }
  const auto found = scene.tools.showcase.style(to.style, scene.turn.settings().language);
  if (!found) {
    co_return co_await refuse(scene, found.error());
  }
  const domain::UserSettings& settings = scene.turn.settings();
  Reply reply;
  reply.card = screens::style(scene.texts(), {.style = found->item,
                                              .category = found->category,
                                              .kind = avatar->kind,
                                              .origin = to.origin,
                                              .ratio = settings.aspect_ratio,
                                              .ratios = scene.tools.showcase.ratios(*avatar),
                                              .quality = scene.tools.showcase.quality_label(*avatar, settings),
                                              .nonce = scene.turn.chat().card_revision});
  co_return reply;
}

Task<Reply> style_ratio(Scene& scene, route::StyleRatio to) {
  const route::Set change{route::Setting::ratio, to.ratio};
  const Reply changed = co_await set(scene, change);
  if (!changed.toast.empty()) {
    co_return changed;
  }
  route::Style back{to.style, to.origin};
  co_return co_await style(scene, std::move(back));
}

}  // namespace aisha::bot::flows
