// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/paid_order.hpp"

#include <fmt/core.h>

#include "base/encoding.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot {
namespace {

constexpr unsigned kMarkBits = 24;
constexpr std::int64_t kMark = (std::int64_t{1} << kMarkBits) - 1;

std::int64_t mark_of(const std::optional<domain::Avatar>& avatar, const domain::UserSettings& settings) {
  const auto digest = encoding::sha256(fmt::format("{} {} {}", avatar ? avatar->id.to_string() : std::string(),
                                                   settings.aspect_ratio, settings.quality_preset));
  std::int64_t mark = 0;
  for (std::size_t i = 0; i < kMarkBits / 8; ++i) {
    mark = mark << 8U | static_cast<unsigned char>(digest[i]);
  }
  return mark;
}

std::int64_t mark_now(const FlowContext& context) {
  return mark_of(context.actor.main_avatar(), context.actor.settings());
}

}  // namespace

std::int64_t nonce_of(std::int64_t revision, const std::optional<domain::Avatar>& main,
                      const domain::UserSettings& settings) {
  return revision << kMarkBits | mark_of(main, settings);
}

std::int64_t nonce_now(const FlowContext& context) {
  return nonce_of(context.chat.row.card_revision, context.actor.main_avatar(), context.actor.settings());
}

std::int64_t nonce_of(std::int64_t card_revision) {
  return card_revision << kMarkBits;
}

bool is_of_picture(std::int64_t nonce) {
  return (nonce & kMark) == 0;
}

std::string mark_of(std::string_view words) {
  constexpr std::size_t kDigits = 6;
  return encoding::sha256_hex(words).substr(0, kDigits);
}

Task<Result<services::AcceptedOrder>> place_order(FlowContext& context, services::GenerationOrder order, Offer shown) {
  order.key = services::tap_key(context.chat.row.chat_id, context.chat.message_id, shown.nonce >> kMarkBits);
  // An older card of what is still so is as good as the newest one.
  order.is_outdated = order.is_outdated || (shown.nonce & kMark) != mark_now(context);
  order.price_shown = shown.price;
  const services::Place place{context.chat, context.chat.message_id};
  co_return co_await context.bot.generations.request(context.actor, std::move(order), place);
}

Task<Result<services::AcceptedOrder>> repeat_order(FlowContext& context, Uuid failed, std::int64_t price_shown) {
  std::string key = "retry:" + failed.to_base64url();
  const services::Place place{context.chat, context.chat.message_id};
  co_return co_await context.bot.generations.repeat(context.actor, failed, std::move(key), place, price_shown);
}

services::VariationTap variation_tap(FlowContext& context, Offer shown) {
  std::string key = services::tap_key(context.chat.row.chat_id, context.chat.message_id, shown.nonce >> kMarkBits);
  const std::int64_t message = context.is_on_menu_card() ? context.chat.message_id : 0;
  return {std::move(key), {context.chat, message}, shown.price};
}

bool is_outdated(const Result<services::AcceptedOrder>& accepted) {
  return !accepted && (accepted.error().code == Errc::card_changed || accepted.error().code == Errc::price_changed);
}

std::string outdated_toast(const FlowContext& context, const Error& error) {
  return context.texts().plain(error.code == Errc::price_changed ? "toast.price_changed" : "toast.card_changed");
}

Reply answer_order(const FlowContext& context, Result<services::AcceptedOrder> accepted,
                   std::optional<OnceItWorks> later) {
  if (!accepted) {
    const Errc why = accepted.error().code;
    Reply refused = refuse(std::move(accepted.error()));
    if (why == Errc::provider_auth || why == Errc::provider_balance) {
      refused.later = std::move(later);
    }
    return refused;
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain(accepted->repeated ? "toast.already_started" : "toast.accepted");
  return reply;
}

Reply answer_variation(const FlowContext& context, Result<services::AcceptedVariation> accepted) {
  if (!accepted) {
    return refuse(std::move(accepted.error()));
  }
  Reply reply = answer_order(context, accepted->order);
  if (accepted->other_avatar && !accepted->order.repeated) {
    const std::string name = context.bot.people.name_of(*accepted->other_avatar, context.actor.settings().language);
    reply.toast = context.texts().plain("toast.other_avatar", {{"avatar", name}});
  }
  return reply;
}

}  // namespace aisha::bot
