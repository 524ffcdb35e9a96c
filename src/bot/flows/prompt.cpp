// SPDX-License-Identifier: Apache-2.0
#include "bot/screens/prompt.hpp"

#include "bot/flows/flows.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::flows {
namespace {

/// The card that asks whether to create; the prompt is the pending one.
Task<Reply> confirm(Scene& scene) {
  services::Wish wish;
  wish.prompt = scene.turn.chat().pending_text;
  const auto price = co_await scene.tools.generations.price(scene.turn, std::move(wish));
  if (!price) {
    co_return co_await refuse(scene, price.error());
  }
  const auto avatar = co_await scene.tools.people.main_avatar(scene.turn);
  Reply reply;
  reply.card = screens::confirm_prompt(scene.texts(), {.prompt = scene.turn.chat().pending_text,
                                                       .avatar = avatar ? avatar->name : std::string(),
                                                       .ratio = scene.turn.settings().aspect_ratio,
                                                       .ratios = scene.tools.showcase.ratios(avatar),
                                                       .price = price->coins,
                                                       .nonce = scene.turn.chat().card_revision,
                                                       .samples = scene.tools.showcase.samples()});
  co_return reply;
}

}  // namespace

Task<Reply> ask_prompt(Scene& scene) {
  domain::Chat& chat = scene.turn.chat();
  const Millis wait = scene.tools.options.prompt_wait;
  chat.pending = domain::PendingInput::prompt;
  chat.pending_until = scene.tools.clock.now() + wait;
  chat.pending_text.clear();
  Reply reply;
  reply.card = screens::ask_prompt(scene.texts(), {.price = scene.tools.showcase.price(),
                                                   .minutes = static_cast<int>(wait / Millis(60'000)),
                                                   .samples = scene.tools.showcase.samples()});
  co_return reply;
}

Task<Reply> prompt_ratio(Scene& scene, route::PromptRatio what) {
  if (scene.turn.chat().pending_text.empty()) {
    co_return co_await stale(scene);
  }
  const route::Set change{route::Setting::ratio, what.ratio};
  const Reply changed = co_await set(scene, change);
  if (!changed.toast.empty()) {
    co_return changed;
  }
  co_return co_await confirm(scene);
}

Task<Reply> written(Scene& scene) {
  domain::Chat& chat = scene.turn.chat();
  chat.pending = domain::PendingInput::none;
  chat.pending_until.reset();
  auto prompt = domain::check_prompt(scene.text);
  if (!prompt) {
    co_return co_await refuse(scene, std::move(prompt.error()));
  }
  chat.pending_text = std::move(*prompt);
  Reply reply = co_await confirm(scene);
  reply.seen = true;
  co_return reply;
}

Task<Reply> not_text(Scene& scene) {
  Error unsupported{Errc::update_unsupported, {}};
  co_return co_await refuse(scene, std::move(unsupported));
}

}  // namespace aisha::bot::flows
