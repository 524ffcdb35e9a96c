// SPDX-License-Identifier: Apache-2.0
#include "bot/features/start/flow.hpp"

#include <algorithm>

#include "base/zone.hpp"
#include "bot/features/start/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::start {
namespace {

constexpr int kUsualSeconds = 10;

/// "" without an avatar.
std::string main_name(const FlowContext& context) {
  const auto& avatar = context.actor.main_avatar();
  return avatar ? context.bot.people.name_of(*avatar, context.actor.settings().language) : std::string();
}

Card welcome(FlowContext& context, bool is_invited) {
  const CatalogView& catalog_view = context.bot.catalog_view;
  const std::int64_t coins = context.actor.granted();
  const auto& avatar = context.actor.main_avatar();
  const bool demo = avatar && context.bot.people.is_demo(*avatar);
  return welcome_card(context.texts(),
                      {.name = context.actor.user().first_name,
                       .coins = coins,
                       .pictures = coins / std::max<std::int64_t>(catalog_view.price(context.surcharge()), 1),
                       .seconds = kUsualSeconds,
                       .face = demo ? main_name(context) : std::string(),
                       .support = context.bot.options.support,
                       .samples = catalog_view.samples(),
                       .is_invited = is_invited,
                       .is_back = context.actor.is_back(),
                       .takes_photos = context.bot.options.takes_photos});
}

Task<HomeView> home_view(FlowContext& context) {
  const domain::User& user = context.actor.user();
  std::string today = local_day(context.bot.clock.now(), user.timezone);
  const auto figures = co_await context.bot.gallery.figures(user.id, std::move(today));
  HomeView view;
  view.avatar = main_name(context);
  view.coins = context.actor.balance();
  view.last_picture = figures.last;
  view.samples = context.bot.catalog_view.samples();
  co_return view;
}

/// Photos are waited for whatever screen is looked at meanwhile; texts are not.
void end_text_input(FlowContext& context) {
  if (awaited(context) != domain::Awaits::photos) {
    end_input(context);
  }
}

Task<Reply> menu(FlowContext& context, std::string note) {
  HomeView view = co_await home_view(context);
  view.note = std::move(note);
  Reply reply;
  reply.card = home_card(context.texts(), view);
  co_return reply;
}

}  // namespace

Task<Reply> start(FlowContext& context) {
  std::string no_note;
  co_return co_await start_with(context, std::move(no_note));
}

Task<Reply> start_with(FlowContext& context, std::string note) {
  end_text_input(context);
  if (context.actor.is_new()) {
    Reply reply;
    reply.card = welcome(context, false);
    co_return reply;
  }
  co_return co_await menu(context, std::move(note));
}

Card welcomed(FlowContext& context, Card shown) {
  Card out = welcome(context, true);
  shown.caption += "\n\n";
  shown.caption += out.caption;
  out.photo = std::move(shown.photo);
  out.caption = texts::cut_utf16(std::move(shown.caption), kCaptionMax);
  // Its main action, which is the card's now; its ways on are those of the welcome.
  if (shown.keyboard.front().size() == 1) {
    out.keyboard.front().front().look = ButtonLook::plain;
    out.keyboard.insert(out.keyboard.begin(), std::move(shown.keyboard.front()));
  }
  return out;
}

Task<Reply> home(FlowContext& context) {
  end_text_input(context);
  std::string no_note;
  co_return co_await menu(context, std::move(no_note));
}

Task<Reply> spoken(FlowContext& context) {
  auto words = domain::check_prompt(context.text);
  if (!words && words.error().code == Errc::prompt_empty) {
    co_return co_await home(context);
  }
  if (!words) {
    co_return refuse(std::move(words.error()));
  }
  end_input(context);
  domain::Chat& chat = context.chat.row;
  chat.draft_ref.reset();
  chat.draft = std::move(*words);
  context.chat.renew_card();
  HomeView view = co_await home_view(context);
  view.words = chat.draft;
  view.mark = mark_of(chat.draft);
  Reply reply;
  reply.card = home_card(context.texts(), view);
  co_return reply;
}

Task<Reply> cancel(FlowContext& context) {
  const domain::Chat& chat = context.chat.row;
  const bool waits = chat.awaits != domain::Awaits::nothing || !chat.draft.empty();
  std::string note = context.texts().plain(waits ? "cancel.done" : "cancel.nothing");
  end_input(context);
  co_return co_await menu(context, std::move(note));
}

}  // namespace aisha::bot::start
