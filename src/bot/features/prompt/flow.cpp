// SPDX-License-Identifier: Apache-2.0
#include "bot/features/prompt/screen.hpp"

#include "bot/features/flows.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::flows {
namespace {

/// The card that asks whether to create; the prompt is the pending one.
Task<Reply> confirm(FlowContext& context) {
  services::GenerationOrder order;
  order.prompt = context.turn.chat().pending_text;
  const auto price = co_await context.bot.generations.price(context.turn, std::move(order));
  if (!price) {
    co_return co_await refuse(context, price.error());
  }
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  Reply reply;
  reply.card = screens::confirm_prompt(context.texts(), {.prompt = context.turn.chat().pending_text,
                                                         .avatar = avatar ? avatar->name : std::string(),
                                                         .ratio = context.turn.settings().aspect_ratio,
                                                         .ratios = context.bot.catalog_view.ratios(avatar),
                                                         .price = price->coins,
                                                         .nonce = context.turn.chat().card_revision,
                                                         .samples = context.bot.catalog_view.samples()});
  co_return reply;
}

}  // namespace

Task<Reply> ask_prompt(FlowContext& context) {
  domain::Chat& chat = context.turn.chat();
  const Millis wait = context.bot.options.prompt_wait;
  chat.pending = domain::PendingInput::prompt;
  chat.pending_until = context.bot.clock.now() + wait;
  chat.pending_text.clear();
  Reply reply;
  reply.card = screens::ask_prompt(context.texts(), {.price = context.bot.catalog_view.price(),
                                                     .minutes = static_cast<int>(wait / Millis(60'000)),
                                                     .samples = context.bot.catalog_view.samples()});
  co_return reply;
}

Task<Reply> prompt_ratio(FlowContext& context, route::PromptRatio what) {
  if (context.turn.chat().pending_text.empty()) {
    co_return co_await stale(context);
  }
  const route::Set change{route::Setting::ratio, what.ratio};
  const Reply changed = co_await set(context, change);
  if (!changed.toast.empty()) {
    co_return changed;
  }
  co_return co_await confirm(context);
}

Task<Reply> written(FlowContext& context) {
  domain::Chat& chat = context.turn.chat();
  chat.pending = domain::PendingInput::none;
  chat.pending_until.reset();
  auto prompt = domain::check_prompt(context.text);
  if (!prompt) {
    co_return co_await refuse(context, std::move(prompt.error()));
  }
  chat.pending_text = std::move(*prompt);
  Reply reply = co_await confirm(context);
  reply.seen = true;
  co_return reply;
}

Task<Reply> not_text(FlowContext& context) {
  Error unsupported{Errc::update_unsupported, {}};
  co_return co_await refuse(context, std::move(unsupported));
}

}  // namespace aisha::bot::flows
