// SPDX-License-Identifier: Apache-2.0
#include "bot/flows/flows.hpp"

namespace aisha::bot::flows {
namespace {

/// A request hands over the message whose button was pressed: it becomes the status message. When that is not the menu
/// card (an old card, a failed generation's message), the menu card stays what it is.
class HandOver {
 public:
  explicit HandOver(Scene& scene) : chat_(scene.turn.chat()), before_(chat_), pressed_(scene.message_id) {
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

Task<Reply> answer(Scene& scene, Result<services::Ticket> ticket) {
  if (!ticket) {
    co_return co_await refuse(scene, std::move(ticket.error()));
  }
  Reply reply;
  reply.effect = true;
  reply.toast = scene.texts().plain(ticket->repeated ? "toast.already_started" : "toast.accepted");
  co_return reply;
}

}  // namespace

Task<Reply> generate(Scene& scene, route::Generate what) {
  services::Wish wish;
  wish.template_id = what.style;
  std::string key = services::tap_key(scene.turn.chat().chat_id, scene.message_id, what.nonce);
  HandOver hand_over(scene);
  auto ticket = co_await scene.tools.generations.request(scene.turn, std::move(wish), std::move(key));
  hand_over.settle(ticket && !ticket->repeated);
  co_return co_await answer(scene, std::move(ticket));
}

Task<Reply> generate_prompt(Scene& scene, route::GeneratePrompt what) {
  services::Wish wish;
  wish.prompt = scene.turn.chat().pending_text;
  const bool lost = wish.prompt.empty();
  std::string key = services::tap_key(scene.turn.chat().chat_id, scene.message_id, what.nonce);
  HandOver hand_over(scene);
  auto ticket = co_await scene.tools.generations.request(scene.turn, std::move(wish), std::move(key));
  const bool taken = ticket && !ticket->repeated;
  hand_over.settle(taken);
  if (!ticket && lost) {
    co_return co_await stale(scene);
  }
  Reply reply = co_await answer(scene, ticket);
  if (taken) {
    reply.prompted = ticket->id;
    scene.turn.chat().pending_text.clear();
    scene.turn.chat().pending = domain::PendingInput::none;
  }
  co_return reply;
}

Task<Reply> repeat(Scene& scene, route::Repeat what) {
  // One failed generation is repeated once, however often its button is pressed.
  std::string key = "retry:" + what.generation.to_base64url();
  HandOver hand_over(scene);
  auto ticket = co_await scene.tools.generations.repeat(scene.turn, what.generation, std::move(key));
  hand_over.settle(ticket && !ticket->repeated);
  co_return co_await answer(scene, std::move(ticket));
}

Task<Reply> cancel_job(Scene& scene, route::CancelJob what) {
  using Answer = services::Generations::CancelAnswer;
  auto answer = co_await scene.tools.generations.cancel(scene.turn, what.generation);
  if (!answer) {
    co_return co_await refuse(scene, std::move(answer.error()));
  }
  Reply reply;
  reply.effect = true;
  reply.toast = scene.texts().plain(*answer == Answer::too_late ? "toast.finished" : "toast.cancelling");
  co_return reply;
}

}  // namespace aisha::bot::flows
