// SPDX-License-Identifier: Apache-2.0
#include "bot/screens/start.hpp"
#include "bot/flows/flows.hpp"

namespace aisha::bot::flows {
namespace {

constexpr int kUsualSeconds = 10;

void end_input(domain::Chat& chat) {
  chat.pending = domain::PendingInput::none;
  chat.pending_text.clear();
  chat.pending_until.reset();
}

Reply welcome(Scene& scene) {
  const Showcase& showcase = scene.tools.showcase;
  const std::int64_t coins = scene.turn.granted();
  Reply reply;
  reply.card = screens::welcome(scene.texts(), {.name = scene.turn.user().first_name,
                                                .coins = coins,
                                                .pictures = coins / std::max<std::int64_t>(showcase.price(), 1),
                                                .seconds = kUsualSeconds,
                                                .samples = showcase.samples()});
  return reply;
}

}  // namespace

Task<Reply> start(Scene& scene) {
  end_input(scene.turn.chat());
  if (scene.turn.new_person()) {
    co_return welcome(scene);
  }
  co_return co_await home(scene);
}

Task<Reply> home(Scene& scene) {
  end_input(scene.turn.chat());
  const auto avatar = co_await scene.tools.people.main_avatar(scene.turn);
  const auto figures = co_await scene.tools.gallery.figures(scene.turn.user().id);
  screens::Home view;
  view.avatar = avatar ? avatar->name : std::string();
  view.coins = scene.turn.balance();
  view.pictures = figures.pictures;
  view.last_picture = figures.last;
  view.samples = scene.tools.showcase.samples();
  Reply reply;
  reply.card = screens::home(scene.texts(), view);
  co_return reply;
}

Task<Reply> help(Scene& scene) {
  const Showcase::Prices prices = scene.tools.showcase.prices();
  Reply reply;
  reply.card = screens::help(scene.texts(), {.lowest_price = prices.lowest,
                                             .highest_price = prices.highest,
                                             .coins = scene.turn.balance(),
                                             .trash_days = scene.tools.gallery.trash_days(),
                                             .support = scene.tools.options.support,
                                             .samples = scene.tools.showcase.samples()});
  co_return reply;
}

Task<Reply> cancel_input(Scene& scene) {
  co_return co_await home(scene);
}

Task<Reply> stale(Scene& scene) {
  Reply reply = co_await home(scene);
  reply.toast = scene.texts().plain("toast.stale");
  co_return reply;
}

}  // namespace aisha::bot::flows
