// SPDX-License-Identifier: Apache-2.0
#include "bot/features/photos/flow.hpp"

#include <utility>

#include "bot/features/photos/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/paid_order.hpp"
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

PhotosView view_of(const BotServices& bot, const services::PhotoCard& card, domain::Language language) {
  const services::PhotoRules rules = bot.photos.rules();
  PhotosView view;
  view.avatar = card.avatar.id;
  view.name = bot.people.name_of(card.avatar, language);
  view.face = card.avatar.photo;
  view.is_ready = !domain::is_photo_draft(card.avatar);
  view.kept = card.kept;
  view.most = rules.most;
  view.checking = card.checking;
  view.lines = card.lines;
  view.draft_days = rules.draft_days;
  return view;
}

/// In the style that stands first, when the avatar is the one that makes its person's pictures.
std::optional<FirstPortrait> first_portrait(const BotServices& bot, const services::Listener& person,
                                            const services::PhotoCard& card) {
  if (!card.main || card.main->id != card.avatar.id) {
    return std::nullopt;
  }
  const domain::UserSettings& settings = person.settings;
  const catalog::Audience audience{.kind = card.main->kind,
                                   .day = local_day(bot.clock.now(), person.timezone),
                                   .surcharge = bot.catalog_view.surcharge(card.main, settings.quality_preset)};
  const auto looks = bot.catalog_view.quick_looks(audience, settings.language);
  if (looks.empty()) {
    return std::nullopt;
  }
  return FirstPortrait{looks.front().id, nonce_of(card.card_revision, card.main, settings), looks.front().price};
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

Card card_of(const BotServices& bot, const services::Listener& person, const services::PhotoCard& card, bool is_news) {
  const texts::Texts& texts = bot.library.in(domain::text_of(person.settings.language));
  const PhotosView view = view_of(bot, card, person.settings.language);
  if (!is_news) {
    return card.is_agreed ? photos_card(texts, view) : consent_card(texts, view);
  }
  return ready_card(
      texts, {.avatar = view.avatar, .name = view.name, .face = view.face, .first = first_portrait(bot, person, card)});
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
