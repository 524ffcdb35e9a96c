// SPDX-License-Identifier: Apache-2.0
#include "bot/features/prompt/flow.hpp"

#include "bot/features/prompt/screen.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/ratio_choice.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::prompt {
namespace {

/// The card that asks whether to create; the prompt is the pending one.
Task<Reply> confirm(FlowContext& context) {
  services::GenerationOrder order;
  order.prompt = context.chat.row.pending_text;
  const auto price = co_await context.bot.generations.price(context.actor, std::move(order));
  if (!price) {
    co_return refuse(price.error());
  }
  const auto& avatar = context.actor.main_avatar();
  Reply reply;
  reply.card = confirm_card(
      context.texts(),
      {.prompt = context.chat.row.pending_text,
       .avatar = avatar ? context.bot.people.name_of(*avatar, context.actor.settings().language) : std::string(),
       .ratio = context.actor.settings().aspect_ratio,
       .ratios = context.bot.catalog_view.ratios(avatar),
       .price = price->coins,
       .nonce = context.chat.row.card_revision});
  co_return reply;
}

}  // namespace

Task<Reply> ask(FlowContext& context) {
  domain::Chat& chat = context.chat.row;
  const Millis wait = context.bot.options.prompt_wait;
  chat.pending = domain::PendingInput::prompt;
  chat.pending_until = context.bot.clock.now() + wait;
  chat.pending_text.clear();
  Reply reply;
  reply.card = ask_card(
      context.texts(), {.price = context.bot.catalog_view.price(), .minutes = static_cast<int>(wait / Millis(60'000))});
  co_return reply;
}

Task<Reply> ratio(FlowContext& context, Ratio what) {
  if (context.chat.row.pending_text.empty()) {
    co_return stale();
  }
  const auto chosen = choose_ratio(context, what.ratio);
  if (!chosen) {
    co_return refuse(chosen.error());
  }
  co_return co_await confirm(context);
}

Task<Reply> generate(FlowContext& context, Generate what) {
  services::GenerationOrder order;
  order.prompt = context.chat.row.pending_text;
  const bool lost = order.prompt.empty();
  const auto accepted = co_await place_order(context, std::move(order), what.nonce);
  if (!accepted && lost) {
    co_return stale();
  }
  Reply reply = answer_order(context, accepted);
  if (accepted && !accepted->repeated) {
    reply.prompted = accepted->id;
    context.chat.row.pending_text.clear();
    context.chat.row.pending = domain::PendingInput::none;
  }
  co_return reply;
}

Task<Reply> written(FlowContext& context) {
  domain::Chat& chat = context.chat.row;
  chat.pending = domain::PendingInput::none;
  chat.pending_until.reset();
  auto prompt = domain::check_prompt(context.text);
  if (!prompt) {
    co_return refuse(std::move(prompt.error()));
  }
  chat.pending_text = std::move(*prompt);
  Reply reply = co_await confirm(context);
  reply.seen = true;
  co_return reply;
}

Task<Reply> not_text(FlowContext&) {
  co_return refuse({Errc::update_unsupported, {}});
}

}  // namespace aisha::bot::prompt
