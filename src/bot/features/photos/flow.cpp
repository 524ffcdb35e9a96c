// SPDX-License-Identifier: Apache-2.0
#include "bot/features/photos/flow.hpp"

#include <utility>

#include "bot/features/photos/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::photos {
namespace {

/// Photos that come from now on are for this avatar; nothing = for a new one.
void await_photos(FlowContext& context, std::optional<Uuid> avatar) {
  begin_input(context, domain::Awaits::photos, avatar);
}

void stop_awaiting(FlowContext& context) {
  if (context.chat.row.awaits == domain::Awaits::photos) {
    end_input(context);
  }
}

/// What was written into the actor is durable before the button is answered; its card follows.
Reply told_by_card() {
  Reply reply;
  reply.effect = true;
  return reply;
}

Reply gone(FlowContext& context) {
  stop_awaiting(context);
  Reply reply;
  reply.toast = context.texts().plain("toast.avatar_gone");
  return reply;
}

/// The pressed message becomes the avatar's card. What was the menu card is none any more.
Task<Reply> show(FlowContext& context, Uuid avatar) {
  const auto shown = co_await context.bot.photos.show_at(context.actor, avatar, context.chat.message_id);
  if (!shown) {
    co_return gone(context);
  }
  if (context.is_on_menu_card()) {
    context.chat.hand_over(context.chat.message_id);
  }
  await_photos(context, avatar);
  co_return told_by_card();
}

domain::Gender gender_of(Who who) {
  switch (who) {
    case Who::woman: return domain::Gender::woman;
    case Who::man: return domain::Gender::man;
    case Who::unsaid: break;
  }
  return domain::Gender::unsaid;
}

}  // namespace

Task<Reply> sent(FlowContext& context, services::SentPhoto photo) {
  const bool awaits = awaited(context) == domain::Awaits::photos;
  std::string name = context.texts().plain("photos.name");
  const auto before = awaits ? context.chat.row.awaits_ref : std::nullopt;
  const auto taken = co_await context.bot.photos.take(context.actor, before, std::move(photo), std::move(name));
  if (!taken) {
    co_return refuse(taken.error());
  }
  await_photos(context, *taken);
  co_return told_by_card();
}

Task<Reply> ways(FlowContext& context) {
  if (!context.bot.photos.are_on()) {
    co_return refuse({Errc::update_unsupported, {}});
  }
  await_photos(context, std::nullopt);
  Reply reply;
  reply.card = ways_card(context.texts());
  co_return reply;
}

Task<Reply> consent(FlowContext& context, Consent what) {
  return show(context, what.avatar);
}

Task<Reply> open(FlowContext& context, Open what) {
  return show(context, what.avatar);
}

Task<Reply> agree(FlowContext& context, Agree what) {
  const auto agreed = co_await context.bot.photos.agree(context.actor, what.avatar, gender_of(what.who));
  if (!agreed) {
    co_return gone(context);
  }
  await_photos(context, what.avatar);
  co_return told_by_card();
}

Task<Reply> drop_weak(FlowContext& context, DropWeak what) {
  const auto dropped = co_await context.bot.photos.drop_weak(context.actor, what.avatar);
  if (!dropped) {
    co_return gone(context);
  }
  co_return told_by_card();
}

Task<Reply> discard(FlowContext& context, Discard what) {
  const bool asked = context.is_on_menu_card();
  const auto gone_one = co_await context.bot.photos.withdraw(context.actor, what.avatar, !asked);
  if (!gone_one && gone_one.error().code == Errc::not_found) {
    co_return gone(context);
  }
  if (!gone_one) {
    co_return refuse(gone_one.error());
  }
  stop_awaiting(context);
  context.chat.renew_card();
  Reply reply;
  reply.in_place = true;
  reply.card = discarded_card(context.texts(), context.bot.people.name_of(*gone_one, context.actor.settings().language),
                              !domain::is_photo_draft(*gone_one));
  co_return reply;
}

}  // namespace aisha::bot::photos
