// SPDX-License-Identifier: Apache-2.0
#include "bot/features/variants/flow.hpp"

#include <utility>

#include "bot/cards/layout.hpp"
#include "bot/features/variants/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/quality_words.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::variants {
namespace {

using domain::Variation;

ChoicesView view_of(const FlowContext& context, const services::VariationChoices& choices) {
  const domain::Picture& picture = choices.place.own.picture;
  const domain::Language language = context.actor.settings().language;
  const CatalogView& catalog = context.bot.catalog_view;
  const GenerationView generation = catalog.generation(picture, choices.avatar, language);
  ChoicesView view;
  view.picture = picture.id;
  view.is_shown = domain::can_be_shown(picture);
  view.title = picture.template_id.empty() ? context.texts().plain("result.own_prompt") : generation.title;
  view.model = generation.model;
  view.ratio = picture.aspect_ratio;
  view.quality = quality_name(context.texts(), picture.quality_preset);
  view.ties = choices.place.ties;
  view.price = choices.price;
  view.ratios = CatalogView::offered(choices.ratios);
  view.better = choices.better.empty() ? std::string() : quality_name(context.texts(), choices.better);
  view.better_price = choices.better_price;
  view.can_be_closer = choices.can_be_closer;
  view.can_be_freer = choices.can_be_freer;
  view.can_be_repainted = choices.can_be_repainted;
  view.repaint_price = choices.repaint_price;
  view.can_be_changed = choices.can_be_changed;
  if (choices.is_other_avatar && choices.avatar) {
    view.other_avatar = context.bot.people.name_of(*choices.avatar, language);
  }
  view.nonce = nonce_now(context);
  return view;
}

/// The card of the picture with today's prices; only a toast where its own message was pressed.
Task<Reply> anew(FlowContext& context, Uuid picture, Error why) {
  Reply reply;
  if (context.is_on_menu_card()) {
    const Open variants{picture};
    reply = co_await open(context, variants);
  }
  reply.toast = outdated_toast(context, why);
  co_return reply;
}

Task<Reply> order(FlowContext& context, services::VariationOrder what, Offer shown) {
  const Uuid picture = what.picture;
  auto tap = variation_tap(context, shown);
  auto accepted = co_await context.bot.variations.vary(context.actor, std::move(what), std::move(tap));
  if (!accepted && accepted.error().code == Errc::price_changed) {
    co_return co_await anew(context, picture, accepted.error());
  }
  co_return answer_variation(context, std::move(accepted));
}

}  // namespace

Task<Reply> open(FlowContext& context, Open what) {
  const auto choices = co_await context.bot.variations.choices(context.actor, what.picture);
  if (!choices) {
    co_return refuse(choices.error());
  }
  const ChoicesView view = view_of(context, *choices);
  Reply reply;
  reply.card = choices_card(context.texts(), view);
  co_return reply;
}

Task<Reply> family(FlowContext& context, Family what) {
  const domain::PageStart from = page_start(what.page);
  const auto found = co_await context.bot.variations.family(context.actor.user().id, what.picture, from,
                                                            static_cast<std::int64_t>(kChildrenPerPage));
  if (!found) {
    co_return refuse(found.error());
  }
  FamilyView view;
  view.head = what.picture;
  if (found->head) {
    view.head_item = own_item(context.texts(), context.bot.catalog_view, found->head->own);
    if (found->head->ties.is_parent_live) {
      view.parent = found->head->ties.parent;
    }
  }
  view.children = own_items(context.texts(), context.bot.catalog_view, found->page.pictures);
  view.ahead = found->page.ahead;
  view.all = found->page.all;
  Reply reply;
  reply.card = family_card(context.texts(), view);
  co_return reply;
}

Task<Reply> again(FlowContext& context, Again what) {
  services::VariationOrder order_again{.picture = what.picture, .kind = Variation::again};
  return order(context, std::move(order_again), {what.nonce, what.price});
}

Task<Reply> several(FlowContext& context, Several what) {
  services::VariationOrder more{.picture = what.picture, .kind = Variation::batch};
  return order(context, std::move(more), {what.nonce, what.price});
}

Task<Reply> better(FlowContext& context, Better what) {
  services::VariationOrder better_one{.picture = what.picture, .kind = Variation::quality};
  return order(context, std::move(better_one), {what.nonce, what.price});
}

Task<Reply> format(FlowContext& context, Format what) {
  services::VariationOrder other{
      .picture = what.picture, .kind = Variation::format, .ratio = layout::ratio_from_slug(what.ratio)};
  return order(context, std::move(other), {what.nonce, what.price});
}

Task<Reply> likeness(FlowContext& context, Likeness what) {
  services::VariationOrder other{
      .picture = what.picture, .kind = Variation::likeness, .is_closer = what.way == Likeness::Way::up};
  return order(context, std::move(other), {what.nonce, what.price});
}

Task<Reply> repaint(FlowContext& context, Repaint what) {
  const auto step = static_cast<std::size_t>(static_cast<char>(what.step) - static_cast<char>(Repaint::Step::close));
  services::VariationOrder begun{.picture = what.picture, .kind = Variation::picture, .step = step};
  return order(context, std::move(begun), {what.nonce, what.price});
}

namespace {

services::VariationOrder change_of(const FlowContext& context, const Uuid& picture) {
  services::VariationOrder out;
  out.picture = picture;
  out.kind = Variation::words;
  out.words = context.chat.row.draft;
  return out;
}

/// Asks whether the picture is to be changed so; the words are the draft.
Task<Reply> confirm(FlowContext& context, Uuid picture) {
  const auto price = co_await context.bot.variations.price(context.actor, change_of(context, picture));
  if (!price) {
    co_return refuse(price.error());
  }
  Reply reply;
  const std::string& words = context.chat.row.draft;
  reply.card = change_card(context.texts(), {picture, words, *price, nonce_now(context), mark_of(words)});
  co_return reply;
}

}  // namespace

Task<Reply> ask_words(FlowContext& context, AskWords what) {
  const auto price = co_await context.bot.variations.price_of_words(context.actor, what.picture);
  if (!price) {
    co_return refuse(price.error());
  }
  begin_input(context, domain::Awaits::words, what.picture);
  const int minutes = static_cast<int>(context.bot.options.input_wait / Millis(60'000));
  Reply reply;
  reply.card = words_card(context.texts(), {what.picture, *price, minutes});
  co_return reply;
}

// Until the told time is over a further text says it better.
Task<Reply> worded(FlowContext& context) {
  domain::Chat& chat = context.chat.row;
  auto words = domain::check_prompt(context.text);
  if (!words) {
    co_return refuse(std::move(words.error()));
  }
  const Uuid picture = chat.awaits_ref.value_or(Uuid{});
  chat.draft = std::move(*words);
  chat.draft_ref = picture;
  context.chat.renew_card();
  Reply reply = co_await confirm(context, picture);
  reply.seen = reply.card.has_value();
  co_return reply;
}

Task<Reply> change(FlowContext& context, Change what) {
  const domain::Chat& chat = context.chat.row;
  if (!chat.draft_ref || chat.draft.empty()) {
    co_return stale();
  }
  const Uuid picture = *chat.draft_ref;
  if (mark_of(chat.draft) != what.mark) {
    Reply reply = co_await confirm(context, picture);
    reply.toast = context.texts().plain("toast.card_changed");
    co_return reply;
  }
  auto tap = variation_tap(context, {what.nonce, what.price});
  auto accepted = co_await context.bot.variations.vary(context.actor, change_of(context, picture), std::move(tap));
  if (!accepted && accepted.error().code == Errc::price_changed) {
    Reply reply = co_await confirm(context, picture);
    reply.toast = outdated_toast(context, accepted.error());
    co_return reply;
  }
  if (accepted && !accepted->order.repeated) {
    end_input(context);
  }
  co_return answer_variation(context, std::move(accepted));
}

}  // namespace aisha::bot::variants
