// SPDX-License-Identifier: Apache-2.0
#include "bot/features/prompt/flow.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "bot/features/prompt/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/ratio_choice.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::prompt {
namespace {

/// The refused words are the draft: their person can stand up for them.
Reply refuse_words(Error error) {
  Reply reply = refuse(std::move(error));
  reply.can_appeal = true;
  return reply;
}

/// The words that wait, where they are a prompt and not what is to be changed in a picture; else "".
std::string draft_of(const FlowContext& context) {
  const domain::Chat& chat = context.chat.row;
  return chat.draft_ref ? std::string() : chat.draft;
}

/// Whether the draft is to be told that models understand English best; told once a person.
bool take_english_hint(FlowContext& context) {
  domain::UserSettings settings = context.actor.settings();
  const bool is_told = (settings.hints & domain::UserSettings::kEnglishHint) != 0;
  // Translated words need no hint.
  if (is_told || context.bot.options.translates_prompts || !domain::is_cyrillic(context.chat.row.draft)) {
    return false;
  }
  settings.hints |= domain::UserSettings::kEnglishHint;
  return context.bot.people.save_settings(context.actor, std::move(settings)).has_value();
}

bool is_idea(const FlowContext& context) {
  const std::string& words = context.chat.row.draft;
  return std::ranges::any_of(context.bot.ideas.all(),
                             [&](const catalog::Words& idea) { return idea.ru == words || idea.en == words; });
}

/// The card that asks whether to create; the prompt is the draft.
Task<Reply> confirm(FlowContext& context) {
  services::GenerationOrder order;
  order.prompt = context.chat.row.draft;
  const auto price = co_await context.bot.generations.price(context.actor, std::move(order));
  if (!price) {
    co_return refuse_words(price.error());
  }
  const bool hints = take_english_hint(context);
  const auto& avatar = context.actor.main_avatar();
  Reply reply;
  reply.card = confirm_card(
      context.texts(),
      {.prompt = context.chat.row.draft,
       .avatar = avatar ? context.bot.people.name_of(*avatar, context.actor.settings().language) : std::string(),
       .ratio = context.actor.settings().aspect_ratio,
       .ratios = context.bot.catalog_view.ratios(avatar, context.actor.settings().quality_preset),
       .price = price->coins,
       .nonce = nonce_now(context),
       .mark = mark_of(context.chat.row.draft),
       .is_idea = is_idea(context),
       .enhances =
           context.bot.options.enhances_prompts ? std::optional(context.actor.settings().enhance) : std::nullopt,
       .hints_english = hints});
  co_return reply;
}

/// These words are the ones that wait.
Task<Reply> offer(FlowContext& context, std::string words) {
  begin_input(context, domain::Awaits::prompt);
  context.chat.row.draft = std::move(words);
  context.chat.renew_card();
  co_return co_await confirm(context);
}

/// The words that wait now, with a toast that says that the pressed card showed other ones; without any: a fresh menu.
Task<Reply> anew(FlowContext& context, Error why) {
  if (draft_of(context).empty()) {
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
  const auto recent = co_await context.bot.generations.recent_prompts(context.actor);
  Reply reply;
  reply.card = ask_card(context.texts(), {.price = context.bot.catalog_view.price(context.surcharge()),
                                          .minutes = static_cast<int>(wait / Millis(60'000)),
                                          .has_recent = !recent.empty()});
  co_return reply;
}

Task<Reply> ratio(FlowContext& context, Ratio what) {
  if (draft_of(context).empty()) {
    co_return stale();
  }
  const auto chosen = choose_ratio(context, what.ratio);
  if (!chosen) {
    co_return refuse(chosen.error());
  }
  co_return co_await confirm(context);
}

namespace {

Task<Reply> make(FlowContext& context, Generate what, bool is_patient) {
  services::GenerationOrder order;
  order.is_patient = is_patient;
  order.prompt = draft_of(context);
  order.is_outdated = mark_of(order.prompt) != what.mark;
  const Offer shown{what.nonce, what.price};
  const auto accepted = co_await place_order(context, std::move(order), shown);
  if (is_outdated(accepted)) {
    co_return co_await anew(context, accepted.error());
  }
  GenerateLater later{what.nonce, what.price, what.mark};
  Reply reply = answer_order(context, accepted, OnceItWorks{later, what.price});
  reply.can_appeal = !accepted;
  if (accepted && !accepted->repeated) {
    reply.prompted = accepted->id;
    end_input(context);
  }
  co_return reply;
}

}  // namespace

Task<Reply> generate(FlowContext& context, Generate what) {
  return make(context, std::move(what), false);
}

Task<Reply> generate_later(FlowContext& context, GenerateLater what) {
  Generate same{what.nonce, what.price, std::move(what.mark)};
  return make(context, std::move(same), true);
}

Task<Reply> take(FlowContext& context, Take what) {
  if (mark_of(draft_of(context)) == what.mark) {
    co_return co_await confirm(context);
  }
  auto allowed = co_await context.bot.appeals.allowed_words(context.actor, std::move(what.mark));
  if (!allowed) {
    co_return stale();
  }
  co_return co_await offer(context, std::move(*allowed));
}

Task<Reply> idea(FlowContext& context) {
  // The update's own number: the same one when it comes again.
  const std::uint64_t number = std::hash<std::string>{}(context.actor.trace().to_string());
  const std::string_view language = domain::text_of(context.actor.settings().language);
  std::string words(context.bot.ideas.pick(number, language, context.chat.row.draft));
  if (words.empty()) {
    co_return stale();
  }
  co_return co_await offer(context, std::move(words));
}

Task<Reply> enhance(FlowContext& context, Enhance what) {
  if (context.chat.row.draft.empty() || !context.bot.options.enhances_prompts) {
    co_return stale();
  }
  domain::UserSettings settings = context.actor.settings();
  settings.enhance = what.on;
  const auto saved = context.bot.people.save_settings(context.actor, std::move(settings));
  if (!saved) {
    co_return refuse(saved.error());
  }
  co_return co_await confirm(context);
}

Task<Reply> recent(FlowContext& context) {
  begin_input(context, domain::Awaits::prompt);
  const auto prompts = co_await context.bot.generations.recent_prompts(context.actor);
  std::vector<RecentItem> items;
  for (const auto& [generation, prompt] : prompts) {
    items.push_back({generation, prompt});
  }
  Reply reply;
  reply.card = recent_card(context.texts(), items);
  co_return reply;
}

Task<Reply> use(FlowContext& context, Use what) {
  auto words = co_await context.bot.generations.prompt_of(context.actor, what.generation);
  if (!words) {
    co_return refuse(std::move(words.error()));
  }
  co_return co_await offer(context, std::move(*words));
}

Task<Reply> appeal(FlowContext& context, Appeal what) {
  const domain::Chat& chat = context.chat.row;
  if (draft_of(context).empty() || chat.card_revision != what.nonce) {
    co_return stale();
  }
  const auto answer = co_await context.bot.appeals.send(context.actor, chat.draft);
  if (!answer) {
    co_return refuse(answer.error());
  }
  if (*answer == services::Appeals::Answer::passes) {
    co_return co_await confirm(context);
  }
  Reply reply;
  reply.effect = true;
  switch (*answer) {
    case services::Appeals::Answer::rejected: reply.toast = context.texts().plain("toast.appeal_rejected"); break;
    case services::Appeals::Answer::full: reply.toast = context.texts().plain("toast.appeal_full"); break;
    default: reply.toast = context.texts().plain("toast.appeal_sent"); break;
  }
  co_return reply;
}

// Until the told time is over a further text is a better prompt.
Task<Reply> written(FlowContext& context) {
  domain::Chat& chat = context.chat.row;
  auto prompt = domain::check_prompt(context.text);
  if (!prompt) {
    co_return refuse(std::move(prompt.error()));
  }
  chat.draft = std::move(*prompt);
  chat.draft_ref.reset();
  context.chat.renew_card();
  Reply reply = co_await confirm(context);
  reply.seen = true;
  co_return reply;
}

Task<Reply> not_text(FlowContext&) {
  co_return refuse({Errc::update_unsupported, {}});
}

}  // namespace aisha::bot::prompt
