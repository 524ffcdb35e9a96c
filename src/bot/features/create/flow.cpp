// SPDX-License-Identifier: Apache-2.0
#include "bot/features/create/flow.hpp"

#include <algorithm>
#include <map>

#include "bot/features/create/screen.hpp"
#include "bot/features/create/shelves.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/quality_words.hpp"
#include "bot/flow/ratio_choice.hpp"
#include "bot/flow/refusal.hpp"
#include "bot/flow/style_list.hpp"
#include "services/favourites/kept_styles.hpp"
#include "services/tastes/tastes.hpp"

namespace aisha::bot::create {
namespace {

/// From so many pictures on something is recommended.
constexpr std::int64_t kEnoughMade = 3;
constexpr std::size_t kKeptShown = 2;

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

std::int64_t made_in_all(const services::PersonStyles& own) {
  std::int64_t made = 0;
  for (const auto& day : own.days) {
    made += day.made;
  }
  return made;
}

std::int64_t images_in(const services::PersonStyles& own, std::string_view style) {
  std::int64_t images = 0;
  for (const auto& day : own.days) {
    images += day.style == style ? day.pictures : 0;
  }
  return images;
}

/// Those made last of the kept ones that can be made with the avatar; `kept` has the last kept first.
std::vector<StyleItem> last_used(const FlowContext& context, std::vector<std::string> kept,
                                 const services::PersonStyles& own, const catalog::Audience& audience) {
  std::map<std::string_view, std::string_view> made;
  for (const auto& day : own.days) {
    made[day.style] = std::max<std::string_view>(made[day.style], day.day);
  }
  std::vector<std::pair<std::string_view, std::size_t>> order;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    order.emplace_back(made[kept[i]], i);
  }
  std::ranges::sort(
      order, [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::vector<StyleItem> out;
  for (const auto& [day, at] : order) {
    auto found = context.bot.catalog_view.style(kept[at], context.actor.settings().language, audience.surcharge);
    if (found && out.size() < kKeptShown && context.bot.catalog_view.suits(kept[at], audience)) {
      out.push_back(std::move(found->item));
    }
  }
  return out;
}

/// The shelf that a style card was opened from.
std::string shelf_of(Origin origin, const std::string& category) {
  switch (origin) {
    case Origin::popular: return std::string(kPopular);
    case Origin::rising: return std::string(kRising);
    case Origin::for_you: return std::string(kForYou);
    case Origin::search: return std::string(kSearch);
    default: return category;
  }
}

std::vector<std::string> titles_of(const FlowContext& context, const std::vector<std::string>& styles) {
  std::vector<std::string> out;
  for (const std::string& style : styles) {
    out.push_back(context.bot.catalog_view.style_title(style, context.actor.settings().language));
  }
  return out;
}

Task<bool> is_kept(FlowContext& context, std::string style) {
  const auto kept = co_await context.bot.kept_styles.list(context.actor.user().id);
  co_return std::ranges::find(kept, style) != kept.end();
}

}  // namespace

Task<Reply> open(FlowContext& context) {
  auto avatar = usable_avatar(context);
  if (!avatar) {
    co_return refuse(std::move(avatar.error()));
  }
  const CatalogView& catalog_view = context.bot.catalog_view;
  const domain::Language language = context.actor.settings().language;
  const catalog::Audience audience = context.audience();
  context.chat.row.awaits = domain::Awaits::nothing;
  const services::PersonStyles own = co_await context.bot.tastes.own(context.actor.user().id);
  const auto kept = co_await context.bot.kept_styles.list(context.actor.user().id);
  Reply reply;
  reply.card = create_card(context.texts(), {.avatar = context.bot.people.name_of(*avatar, language),
                                             .kind = avatar->kind,
                                             .quick_looks = catalog_view.quick_looks(audience, language),
                                             .categories = catalog_view.categories(audience, language),
                                             .popular = popular_line(context, audience),
                                             .is_start = context.bot.tastes.popular(audience).counted == 0,
                                             .kept = last_used(context, kept, own, audience),
                                             .keeps_any = !kept.empty(),
                                             .for_you = made_in_all(own) >= kEnoughMade,
                                             .coins = context.actor.balance(),
                                             .confirm = context.actor.settings().confirm,
                                             .nonce = nonce_now(context)});
  co_return reply;
}

Task<Reply> shelves(FlowContext& context, Shelves to) {
  auto avatar = usable_avatar(context);
  if (!avatar) {
    co_return refuse(std::move(avatar.error()));
  }
  const CatalogView& catalog_view = context.bot.catalog_view;
  Reply reply;
  reply.card = shelves_card(
      context.texts(), {.categories = catalog_view.categories(context.audience(), context.actor.settings().language),
                        .samples = catalog_view.samples(),
                        .page = to.page});
  co_return reply;
}

Task<Reply> category(FlowContext& context, Category to) {
  auto avatar = usable_avatar(context);
  if (!avatar) {
    co_return refuse(std::move(avatar.error()));
  }
  services::PersonStyles own;
  if (to.category == kForYou) {
    own = co_await context.bot.tastes.own(context.actor.user().id);
  }
  const auto shelf = find_shelf(context, to.category, context.audience(), own);
  if (!shelf) {
    co_return stale();
  }
  const std::int64_t page = std::clamp<std::int64_t>(to.page, 0, shelf->pages() - 1);
  const auto per_page = static_cast<std::int64_t>(shelf->per_page);
  const auto part = [&](const auto& all) {
    const auto first = all.begin() + std::min(page * per_page, std::ssize(all));
    return std::remove_cvref_t<decltype(all)>(first, first + std::min(per_page, all.end() - first));
  };
  Reply reply;
  reply.card = category_card(context.texts(), {.category = shelf->category,
                                               .kind = avatar->kind,
                                               .styles = part(shelf->styles),
                                               .page = page,
                                               .pages = shelf->pages(),
                                               .info = to.info,
                                               .coins = context.actor.balance(),
                                               .confirm = context.actor.settings().confirm,
                                               .nonce = nonce_now(context),
                                               .note = shelf->note,
                                               .count = shelf->count,
                                               .reasons = part(shelf->reasons),
                                               .offers_rising = shelf->offers_rising});
  co_return reply;
}

Task<Reply> style(FlowContext& context, Style to, std::optional<bool> kept) {
  auto avatar = usable_avatar(context);
  if (!avatar) {
    co_return refuse(std::move(avatar.error()));
  }
  const domain::UserSettings& settings = context.actor.settings();
  const auto found = context.bot.catalog_view.style(to.style, settings.language, context.surcharge());
  if (!found) {
    co_return refuse(found.error());
  }
  const catalog::Audience audience = context.audience();
  if (!context.bot.catalog_view.is_in_season(to.style, audience.day)) {
    co_return refuse({Errc::template_season, to.style});
  }
  if (!kept) {
    kept = co_await is_kept(context, to.style);
  }
  const services::PersonStyles own = co_await context.bot.tastes.own(context.actor.user().id);
  const auto shelf = find_shelf(context, shelf_of(to.origin, found->category), audience, own);
  Reply reply;
  reply.card = style_card(
      context.texts(), {.style = found->item,
                        .category = found->category,
                        .page = shelf ? shelf->page_of(to.style) : 0,
                        .kind = avatar->kind,
                        .origin = to.origin,
                        .looks = starts_at_once(found->item, settings.confirm, context.actor.balance()),
                        .ratio = settings.aspect_ratio,
                        .ratios = context.bot.catalog_view.ratios(*avatar, settings.quality_preset),
                        .quality = quality_label(context.texts(), context.bot.catalog_view.quality(*avatar, settings)),
                        .nonce = nonce_now(context),
                        .images = images_in(own, to.style),
                        .alike = titles_of(context, context.bot.tastes.neighbours(to.style, audience)),
                        .is_kept = *kept});
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

namespace {

Task<Reply> make(FlowContext& context, Generate what, bool is_patient) {
  services::GenerationOrder order;
  order.template_id = what.style;
  order.is_patient = is_patient;
  const Offer shown{what.nonce, what.price};
  auto accepted = co_await place_order(context, std::move(order), shown);
  if (!is_outdated(accepted)) {
    const GenerateLater later{std::move(what.style), what.nonce, what.price};
    co_return answer_order(context, std::move(accepted), OnceItWorks{later, what.price});
  }
  Style anew{std::move(what.style), Origin::create};
  Reply reply = co_await style(context, std::move(anew));
  reply.toast = outdated_toast(context, accepted.error());
  co_return reply;
}

}  // namespace

Task<Reply> generate(FlowContext& context, Generate what) {
  return make(context, std::move(what), false);
}

Task<Reply> generate_later(FlowContext& context, GenerateLater what) {
  Generate same{std::move(what.style), what.nonce, what.price};
  return make(context, std::move(same), true);
}

}  // namespace aisha::bot::create
