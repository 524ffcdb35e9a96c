// SPDX-License-Identifier: Apache-2.0
#include "bot/features/favourites/flow.hpp"

#include <algorithm>

#include "bot/features/favourites/screen.hpp"
#include "bot/flow/paid_order.hpp"
#include "services/favourites/collections.hpp"
#include "services/favourites/kept_styles.hpp"

namespace aisha::bot::favourites {
namespace {

using services::Collection;
using services::CollectionPage;

constexpr std::int64_t kStylesPerPage = 9;

Collection collection_of(List list) {
  return list == List::favourites ? Collection::favorites : Collection::saved;
}

Reply shown(const FlowContext& context, const CollectionPage& page, List list, const PagePlace& place, bool takes_out) {
  Reply reply;
  reply.card =
      pictures_card(context.texts(), {.list = list,
                                      .items = own_items(context.texts(), context.bot.catalog_view, page.pictures),
                                      .total = page.total,
                                      .before = page.before,
                                      .place = page.before == 0 ? PagePlace{} : place,
                                      .takes_out = takes_out,
                                      .samples = context.bot.catalog_view.samples()});
  return reply;
}

Task<Reply> show(FlowContext& context, List list, PagePlace at, bool takes_out) {
  const Uuid owner = context.actor.user().id;
  const auto page = co_await context.bot.collections.page(owner, collection_of(list), page_start(at), kOwnPerPage);
  co_return shown(context, page, list, at, takes_out);
}

/// The page that holds the style at `place`, or the nearest one.
Reply styles_at(const FlowContext& context, const std::vector<std::string>& ids, std::int64_t page, bool takes_out) {
  const auto& avatar = context.actor.main_avatar();
  const catalog::Audience audience = context.audience();
  const std::int64_t pages = std::max<std::int64_t>((std::ssize(ids) + kStylesPerPage - 1) / kStylesPerPage, 1);
  const std::int64_t at = std::clamp<std::int64_t>(page, 0, pages - 1);
  const auto first = ids.begin() + at * kStylesPerPage;
  const std::vector<std::string> here(first, first + std::min<std::ptrdiff_t>(ids.end() - first, kStylesPerPage));
  // Without an avatar to make one with a number leads to the style's card, which says so.
  const bool may_start = avatar && domain::check_usable(*avatar);
  Reply reply;
  reply.card =
      styles_card(context.texts(),
                  {.styles = context.bot.catalog_view.kept_styles(here, audience, context.actor.settings().language),
                   .kind = audience.kind,
                   .page = at,
                   .pages = pages,
                   .takes_out = takes_out,
                   .coins = context.actor.balance(),
                   .confirm = !may_start || context.actor.settings().confirm,
                   .nonce = nonce_now(context),
                   .samples = context.bot.catalog_view.samples()});
  return reply;
}

}  // namespace

Change heart(FlowContext& context, const Heart& what) {
  context.bot.collections.set_favorite(context.actor, what.picture, what.on);
  domain::OwnChange change;
  change.favorite = what.on;
  return {std::move(change), context.texts().plain(what.on ? "toast.heart_on" : "toast.heart_off")};
}

Change pin(FlowContext& context, const Pin& what) {
  context.bot.collections.set_saved(context.actor, what.picture, what.on);
  domain::OwnChange change;
  change.saved = what.on;
  return {std::move(change), context.texts().plain(what.on ? "toast.pin_on" : "toast.pin_off")};
}

Change keep_style_of(FlowContext& context, const KeepStyleOf& what) {
  context.bot.kept_styles.set_of(context.actor, what.picture, what.on);
  domain::OwnChange change;
  change.style_kept = what.on;
  return {std::move(change), context.texts().plain(what.on ? "toast.style_on" : "toast.style_off")};
}

Result<Change> keep_style(FlowContext& context, const KeepStyle& what) {
  const auto known = context.bot.catalog_view.style(what.style, context.actor.settings().language, context.surcharge());
  if (what.on && !known) {
    return std::unexpected(known.error());
  }
  context.bot.kept_styles.set(context.actor, what.style, what.on);
  domain::OwnChange change;
  change.style_kept = what.on;
  return Change{std::move(change), context.texts().plain(what.on ? "toast.style_on" : "toast.style_off")};
}

Task<Reply> open(FlowContext& context) {
  const PagePlace first;
  co_return co_await show(context, List::favourites, first, false);
}

Task<Reply> pictures(FlowContext& context, Pictures to) {
  co_return co_await show(context, List::favourites, to.page, to.takes_out);
}

Task<Reply> saved(FlowContext& context, Saved to) {
  co_return co_await show(context, List::saved, to.page, to.takes_out);
}

Task<Reply> take_out(FlowContext& context, TakeOut what) {
  const auto left =
      co_await context.bot.collections.take_out(context.actor, collection_of(what.list), what.picture, kOwnPerPage);
  const PagePlace same = left.behind ? PagePlace{PagePlace::Side::newer, *left.behind} : PagePlace{};
  Reply reply = shown(context, left, what.list, same, true);
  reply.toast = context.texts().plain(what.list == List::favourites ? "toast.heart_off" : "toast.pin_off");
  co_return reply;
}

Task<Reply> styles(FlowContext& context, Styles to) {
  const auto ids = co_await context.bot.kept_styles.list(context.actor.user().id);
  co_return styles_at(context, ids, to.page, to.takes_out);
}

Task<Reply> take_out_style(FlowContext& context, KeepStyle what) {
  auto ids = co_await context.bot.kept_styles.list(context.actor.user().id);
  const auto found = std::ranges::find(ids, what.style);
  const std::int64_t page = found == ids.end() ? 0 : (found - ids.begin()) / kStylesPerPage;
  if (found != ids.end()) {
    ids.erase(found);
  }
  context.bot.kept_styles.set(context.actor, what.style, false);
  Reply reply = styles_at(context, ids, page, true);
  reply.toast = context.texts().plain("toast.style_off");
  co_return reply;
}

}  // namespace aisha::bot::favourites
