// SPDX-License-Identifier: Apache-2.0
#include "bot/features/gallery/flow.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/zone.hpp"
#include "bot/features/gallery/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/name_text.hpp"

namespace aisha::bot::gallery {
namespace {

domain::OwnOrder order_of(Origin origin) {
  switch (origin) {
    case Origin::favourites: return domain::OwnOrder::favorites;
    case Origin::saved: return domain::OwnOrder::saved;
    case Origin::day:
    case Origin::search:
    case Origin::home:
    case Origin::family:
    case Origin::batch: break;
  }
  return domain::OwnOrder::days;
}

/// What imported pictures have where nobody knows.
constexpr std::string_view kUnknownModel = "unknown";

/// The person goes on from the question for a name.
void leave_name(FlowContext& context) {
  if (context.chat.row.awaits == domain::Awaits::name) {
    end_input(context);
  }
}

Task<Reply> shown(FlowContext& context, domain::DayPage page) {
  Reply reply;
  if (page.pictures.empty()) {
    EmptyView view;
    view.samples = context.bot.catalog_view.samples();
    view.removed = co_await context.bot.days.count_removed(context.actor.user().id);
    reply.card = empty_card(context.texts(), view);
    co_return reply;
  }
  DayView view;
  view.items = own_items(context.texts(), context.bot.catalog_view, page.pictures);
  view.day = std::move(page.day);
  view.ahead = page.ahead;
  reply.card = day_card(context.texts(), view);
  co_return reply;
}

std::string size_of(const domain::PictureObject& object) {
  return object.width > 0 ? fmt::format("{}×{}", object.width, object.height) : std::string();
}

/// Only while today's zone puts the moment on the day under which the picture stands.
std::string time_of(const domain::Picture& picture, const std::string& zone) {
  const bool same_day = local_day(picture.created_at, zone) == picture.local_day;
  return same_day ? local_time(picture.created_at, zone) : std::string();
}

std::int64_t seconds_of(const domain::Picture& picture) {
  if (picture.is_imported || !picture.finished_at) {
    return 0;
  }
  const auto took = std::chrono::duration_cast<std::chrono::seconds>(*picture.finished_at - picture.created_at);
  return std::max<std::int64_t>(took.count(), 1);
}

PictureView view_of(const FlowContext& context, domain::OwnPlace place, Origin origin,
                    const domain::OwnChange& change) {
  PictureView view;
  view.marks = {place.own.is_favorite, place.own.is_saved, place.is_style_kept};
  domain::apply(change, view.marks);
  place.own.is_favorite = view.marks.is_favorite;
  place.own.is_saved = view.marks.is_saved;
  place.own.name = change.name.value_or(place.own.name);
  const domain::Picture& picture = place.own.picture;
  const domain::Language language = context.actor.settings().language;
  const GenerationView generation = context.bot.catalog_view.generation(picture, place.avatar, language);
  view.item = own_item(context.texts(), context.bot.catalog_view, place.own);
  view.origin = origin;
  view.style = picture.template_id;
  view.time = time_of(picture, context.actor.user().timezone);
  view.avatar = place.avatar ? context.bot.people.name_of(*place.avatar, language) : std::string();
  view.ratio = picture.aspect_ratio;
  view.model = picture.model == kUnknownModel ? std::string() : generation.model;
  view.size = size_of(picture.object);
  view.seconds = seconds_of(picture);
  view.price = picture.price;
  view.seed = picture.seed;
  view.words = generation.prompt;
  view.newer = place.newer;
  view.older = place.older;
  view.ahead = place.ahead;
  view.ahead_on_day = place.ahead_on_day;
  // These lists are short and on their sheet at once.
  const bool is_turned = origin != Origin::family && origin != Origin::batch;
  view.all = is_turned ? place.all : 0;
  view.ties = place.ties;
  view.again_price = generation.price;
  view.nonce = nonce_now(context);
  return view;
}

Reply card_of(const FlowContext& context, domain::OwnPlace place, Origin origin, const domain::OwnChange& change) {
  const PictureView view = view_of(context, std::move(place), origin, change);
  Reply reply;
  reply.card = picture_card(context.texts(), view);
  for (const auto& beside : {view.newer, view.older}) {
    if (beside) {
      reply.next.emplace_back(photo::Result{*beside});
    }
  }
  return reply;
}

/// What stands nearest to where a removed picture stood.
Task<Reply> nearest(FlowContext& context, domain::OwnPlace removed, Origin origin) {
  const auto beside = removed.older ? removed.older : removed.newer;
  Reply reply;
  if (beside) {
    auto place = co_await context.bot.days.picture(context.actor.user().id, *beside, order_of(origin));
    if (place && !place->own.picture.deleted_at) {
      reply = card_of(context, std::move(*place), origin, {});
    }
  }
  if (!reply.card) {
    reply = co_await newest(context);
  }
  reply.toast = context.texts().plain("toast.already_deleted");
  co_return reply;
}

}  // namespace

Task<Reply> newest(FlowContext& context) {
  leave_name(context);
  auto page = co_await context.bot.days.newest(context.actor.user().id);
  co_return co_await shown(context, std::move(page));
}

Task<Reply> day(FlowContext& context, Day to) {
  const domain::PageStart from = page_start(to.page);
  auto page = co_await context.bot.days.day(context.actor.user().id, to.day, from);
  co_return co_await shown(context, std::move(page));
}

Task<Reply> months(FlowContext& context, Months to) {
  MonthView view;
  view.month = co_await context.bot.days.month(context.actor.user().id, to.month);
  view.page = to.page;
  if (view.month.days.empty()) {
    domain::DayPage nothing;
    co_return co_await shown(context, std::move(nothing));
  }
  Reply reply;
  reply.card = month_card(context.texts(), view);
  co_return reply;
}

Task<Reply> picture(FlowContext& context, Picture to) {
  domain::OwnChange nothing;
  co_return co_await changed_picture(context, to, std::move(nothing));
}

Task<Reply> changed_picture(FlowContext& context, Picture to, domain::OwnChange change) {
  auto place = co_await context.bot.days.picture(context.actor.user().id, to.picture, order_of(to.origin));
  if (!place) {
    co_return refuse(place.error());
  }
  leave_name(context);
  if (place->own.picture.deleted_at) {
    co_return co_await nearest(context, std::move(*place), to.origin);
  }
  co_return card_of(context, std::move(*place), to.origin, change);
}

Reply picture_in(const FlowContext& context, domain::OwnPlace place) {
  return card_of(context, std::move(place), Origin::day, {});
}

Task<Reply> ask_name(FlowContext& context, AskName what) {
  const auto place = co_await context.bot.days.picture(context.actor.user().id, what.picture, domain::OwnOrder::days);
  if (!place) {
    co_return refuse(place.error());
  }
  if (place->own.picture.deleted_at) {
    co_return refuse({Errc::already_deleted, {}});
  }
  begin_input(context, domain::Awaits::name, what.picture);
  Reply reply;
  reply.card = name_card(context.texts(), {what.picture, place->own.name});
  co_return reply;
}

Task<Reply> drop_name(FlowContext& context, DropName what) {
  std::string no_name;
  auto place = co_await context.bot.days.set_name(context.actor, what.picture, std::move(no_name));
  if (!place) {
    co_return refuse(place.error());
  }
  leave_name(context);
  Reply reply = card_of(context, std::move(*place), Origin::day, {});
  reply.toast = context.texts().plain("toast.name_dropped");
  co_return reply;
}

Task<Reply> named(FlowContext& context) {
  auto name = domain::check_name(context.text);
  if (!name) {
    co_return refuse(std::move(name.error()));
  }
  const Uuid id = context.chat.row.awaits_ref.value_or(Uuid{});
  auto place = co_await context.bot.days.set_name(context.actor, id, std::move(*name));
  if (!place) {
    // It was removed meanwhile.
    co_return co_await newest(context);
  }
  leave_name(context);
  co_return card_of(context, std::move(*place), Origin::day, {});
}

}  // namespace aisha::bot::gallery
