// SPDX-License-Identifier: Apache-2.0
#include "bot/features/flows.hpp"

namespace aisha::bot::flows {
namespace {

/// A request hands over the message whose button was pressed: it becomes the status message. When that is not the menu
/// card (an old card, a failed generation's message), the menu card stays what it is.
class HandOver {
 public:
  explicit HandOver(FlowContext& context) : chat_(context.turn.chat()), before_(chat_), pressed_(context.message_id) {
    chat_.card_message_id = pressed_;
  }

  void settle(bool taken) {
    if (!taken) {
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

Task<Reply> answer(FlowContext& context, Result<services::AcceptedOrder> accepted) {
  if (!accepted) {
    co_return co_await refuse(context, std::move(accepted.error()));
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain(accepted->repeated ? "toast.already_started" : "toast.accepted");
  co_return reply;
}

}  // namespace

Task<Reply> generate(FlowContext& context, route::Generate what) {
  services::GenerationOrder order;
  order.template_id = what.style;
  std::string key = services::tap_key(context.turn.chat().chat_id, context.message_id, what.nonce);
  HandOver hand_over(context);
  auto accepted = co_await context.bot.generations.request(context.turn, std::move(order), std::move(key));
  hand_over.settle(accepted && !accepted->repeated);
  co_return co_await answer(context, std::move(accepted));
}

Task<Reply> generate_prompt(FlowContext& context, route::GeneratePrompt what) {
  services::GenerationOrder order;
  order.prompt = context.turn.chat().pending_text;
  const bool lost = order.prompt.empty();
  std::string key = services::tap_key(context.turn.chat().chat_id, context.message_id, what.nonce);
  HandOver hand_over(context);
  auto accepted = co_await context.bot.generations.request(context.turn, std::move(order), std::move(key));
  const bool taken = accepted && !accepted->repeated;
  hand_over.settle(taken);
  if (!accepted && lost) {
    co_return co_await stale(context);
  }
  Reply reply = co_await answer(context, accepted);
  if (taken) {
    reply.prompted = accepted->id;
    context.turn.chat().pending_text.clear();
    context.turn.chat().pending = domain::PendingInput::none;
  }
  co_return reply;
}

Task<Reply> repeat(FlowContext& context, route::Repeat what) {
  // One failed generation is repeated once, however often its button is pressed.
  std::string key = "retry:" + what.generation.to_base64url();
  HandOver hand_over(context);
  auto accepted = co_await context.bot.generations.repeat(context.turn, what.generation, std::move(key));
  hand_over.settle(accepted && !accepted->repeated);
  co_return co_await answer(context, std::move(accepted));
}

Task<Reply> cancel_job(FlowContext& context, route::CancelJob what) {
  using Answer = services::Generations::CancelAnswer;
  auto answer = co_await context.bot.generations.cancel(context.turn, what.generation);
  if (!answer) {
    co_return co_await refuse(context, std::move(answer.error()));
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain(*answer == Answer::too_late ? "toast.finished" : "toast.cancelling");
  co_return reply;
}

}  // namespace aisha::bot::flows
