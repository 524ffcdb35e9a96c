// SPDX-License-Identifier: Apache-2.0
#include "bot/features/prompt/flow.hpp"

#include "bot/features/prompt/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/ratio_choice.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::prompt {
namespace {

/// The card that asks whether to create; the prompt is the draft.
Task<Reply> confirm(FlowContext& context) {
  services::GenerationOrder order;
  order.prompt = context.chat.row.draft;
  const auto price = co_await context.bot.generations.price(context.actor, std::move(order));
  if (!price) {
    co_return refuse(price.error());
  }
  const auto& avatar = context.actor.main_avatar();
  Reply reply;
  reply.card = confirm_card(
      context.texts(),
      {.prompt = context.chat.row.draft,
       .avatar = avatar ? context.bot.people.name_of(*avatar, context.actor.settings().language) : std::string(),
       .ratio = context.actor.settings().aspect_ratio,
       .ratios = context.bot.catalog_view.ratios(avatar),
       .price = price->coins,
       .nonce = nonce_now(context),
       .mark = mark_of(context.chat.row.draft)});
  co_return reply;
}

/// The words that wait now, with a toast that says that the pressed card showed other ones; without any: a fresh menu.
Task<Reply> anew(FlowContext& context, Error why) {
  if (context.chat.row.draft.empty()) {
    co_return stale();
  }
  Reply reply = co_await confirm(context);
  reply.toast = outdated_toast(context, why);
  co_return reply;
}

}  // namespace

Task<Reply> ask(FlowContext& context) {
  begin_input(context, domain::Awaits::prompt);
  const Millis wait = context.bot.options.input_wait;
  Reply reply;
  reply.card = ask_card(
      context.texts(), {.price = context.bot.catalog_view.price(), .minutes = static_cast<int>(wait / Millis(60'000))});
  co_return reply;
}

Task<Reply> ratio(FlowContext& context, Ratio what) {
  if (context.chat.row.draft.empty()) {
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
  order.prompt = context.chat.row.draft;
  order.is_outdated = mark_of(order.prompt) != what.mark;
  const Shown shown{what.nonce, what.price};
  const auto accepted = co_await place_order(context, std::move(order), shown);
  if (is_outdated(accepted)) {
    co_return co_await anew(context, accepted.error());
  }
  Reply reply = answer_order(context, accepted);
  if (accepted && !accepted->repeated) {
    reply.prompted = accepted->id;
    end_input(context);
  }
  co_return reply;
}

Task<Reply> take(FlowContext& context, Take what) {
  if (mark_of(context.chat.row.draft) != what.mark) {
    co_return stale();
  }
  co_return co_await confirm(context);
}

// Until the told time is over a further text is a better prompt.
Task<Reply> written(FlowContext& context) {
  domain::Chat& chat = context.chat.row;
  auto prompt = domain::check_prompt(context.text);
  if (!prompt) {
    co_return refuse(std::move(prompt.error()));
  }
  chat.draft = std::move(*prompt);
  context.chat.renew_card();
  Reply reply = co_await confirm(context);
  reply.seen = true;
  co_return reply;
}

Task<Reply> not_text(FlowContext&) {
  co_return refuse({Errc::update_unsupported, {}});
}

}  // namespace aisha::bot::prompt
