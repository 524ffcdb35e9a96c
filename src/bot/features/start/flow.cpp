// SPDX-License-Identifier: Apache-2.0
#include "bot/features/start/flow.hpp"

#include <algorithm>

#include "bot/features/start/screen.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::start {
namespace {

constexpr int kUsualSeconds = 10;

void end_input(domain::Chat& chat) {
  chat.awaits = domain::Awaits::nothing;
  chat.awaits_until.reset();
  chat.draft.clear();
}

Reply welcome(FlowContext& context) {
  const CatalogView& catalog_view = context.bot.catalog_view;
  const std::int64_t coins = context.actor.granted();
  Reply reply;
  reply.card = welcome_card(context.texts(), {.name = context.actor.user().first_name,
                                              .coins = coins,
                                              .pictures = coins / std::max<std::int64_t>(catalog_view.price(), 1),
                                              .seconds = kUsualSeconds,
                                              .samples = catalog_view.samples()});
  return reply;
}

Task<HomeView> home_view(FlowContext& context) {
  const auto& avatar = context.actor.main_avatar();
  const auto statistics = co_await context.bot.gallery.statistics(context.actor.user().id);
  HomeView view;
  view.avatar = avatar ? avatar->name : std::string();
  view.coins = context.actor.balance();
  view.pictures = statistics.pictures;
  view.last_picture = statistics.last;
  view.samples = context.bot.catalog_view.samples();
  co_return view;
}

}  // namespace

Task<Reply> start(FlowContext& context) {
  end_input(context.chat.row);
  if (context.actor.is_new()) {
    co_return welcome(context);
  }
  co_return co_await home(context);
}

Task<Reply> home(FlowContext& context) {
  end_input(context.chat.row);
  Reply reply;
  const HomeView view = co_await home_view(context);
  reply.card = home_card(context.texts(), view);
  co_return reply;
}

Task<Reply> spoken(FlowContext& context) {
  auto words = domain::check_prompt(context.text);
  if (!words && words.error().code == Errc::prompt_empty) {
    co_return co_await home(context);
  }
  if (!words) {
    co_return refuse(std::move(words.error()));
  }
  domain::Chat& chat = context.chat.row;
  end_input(chat);
  chat.draft = std::move(*words);
  context.chat.renew_card();
  HomeView view = co_await home_view(context);
  view.words = chat.draft;
  view.mark = mark_of(chat.draft);
  Reply reply;
  reply.card = home_card(context.texts(), view);
  co_return reply;
}

}  // namespace aisha::bot::start
