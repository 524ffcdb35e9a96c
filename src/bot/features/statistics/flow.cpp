// SPDX-License-Identifier: Apache-2.0
#include "bot/features/statistics/flow.hpp"

#include "base/zone.hpp"
#include "bot/features/statistics/screen.hpp"

namespace aisha::bot::statistics {
namespace {

const services::WindowFigures& of_window(const services::OwnFigures& figures, Window window) {
  switch (window) {
    case Window::week: return figures.week;
    case Window::month: return figures.month;
    case Window::all: break;
  }
  return figures.all;
}

std::string title_of(const FlowContext& context, const std::string& style) {
  return style.empty() ? context.texts().plain("result.own_prompt")
                       : context.bot.catalog_view.style_title(style, context.actor.settings().language);
}

}  // namespace

Task<Reply> open(FlowContext& context, Open to) {
  const domain::User& user = context.actor.user();
  std::string today = local_day(context.bot.clock.now(), user.timezone);
  const auto figures = co_await context.bot.gallery.figures(user.id, std::move(today));
  const services::WindowFigures& shown = of_window(figures, to.window);
  const auto& avatar = context.actor.main_avatar();
  StatisticsView view;
  view.window = to.window;
  view.made = shown.made;
  view.pictures = shown.pictures;
  view.favourites = shown.favourites;
  view.spent = shown.spent;
  view.timed = shown.timed;
  view.took = Millis(shown.took_ms);
  view.columns = shown.columns;
  view.lit = shown.lit;
  for (const services::StyleFigure& style : shown.styles) {
    view.styles.push_back({style.style, title_of(context, style.style), style.made});
  }
  view.binned = figures.binned;
  view.has_pictures = figures.all.pictures > 0;
  view.kind = avatar ? avatar->kind : domain::AvatarKind::portrait;
  Reply reply;
  reply.card = statistics_card(context.texts(), view);
  co_return reply;
}

}  // namespace aisha::bot::statistics
