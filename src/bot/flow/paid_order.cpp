// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/paid_order.hpp"

#include "bot/flow/refusal.hpp"

namespace aisha::bot {
namespace {

/// A request hands over what the chat's row says is its card: the pressed message, for as long as it is asked.
class HandOver {
 public:
  explicit HandOver(FlowContext& context) : chat_(context.turn.chat()), before_(chat_), pressed_(context.message_id) {
    chat_.card_message_id = pressed_;
  }

  void settle(const Result<services::AcceptedOrder>& accepted) {
    if (!accepted || accepted->repeated) {
      chat_.card_message_id = before_.card_message_id;
      return;
    }
    if (before_.card_message_id != pressed_) {
      chat_.card_message_id = before_.card_message_id;
      chat_.photo_key = before_.photo_key;
      chat_.caption_hash = before_.caption_hash;
      chat_.keyboard_hash = before_.keyboard_hash;
    }
  }

 private:
  domain::Chat& chat_;
  domain::Chat before_;
  std::int64_t pressed_;
};

}  // namespace

Task<Result<services::AcceptedOrder>> place_order(FlowContext& context, services::GenerationOrder order,
                                                  std::int64_t nonce) {
  std::string key = services::tap_key(context.turn.chat().chat_id, context.message_id, nonce);
  HandOver hand_over(context);
  auto accepted = co_await context.bot.generations.request(context.turn, std::move(order), std::move(key));
  hand_over.settle(accepted);
  co_return accepted;
}

Task<Result<services::AcceptedOrder>> repeat_order(FlowContext& context, Uuid failed) {
  std::string key = "retry:" + failed.to_base64url();
  HandOver hand_over(context);
  auto accepted = co_await context.bot.generations.repeat(context.turn, failed, std::move(key));
  hand_over.settle(accepted);
  co_return accepted;
}

Reply answer_order(const FlowContext& context, Result<services::AcceptedOrder> accepted) {
  if (!accepted) {
    return refuse(std::move(accepted.error()));
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain(accepted->repeated ? "toast.already_started" : "toast.accepted");
  return reply;
}

}  // namespace aisha::bot
