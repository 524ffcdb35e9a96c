// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/routes.hpp"

#include <array>
#include <optional>
#include <string>

#include "bot/dispatch/callback_data.hpp"
#include "bot/dispatch/series.hpp"
#include "bot/features/create/flow.hpp"
#include "bot/features/gallery/flow.hpp"
#include "bot/features/help/flow.hpp"
#include "bot/features/job/flow.hpp"
#include "bot/features/picture/flow.hpp"
#include "bot/features/problem/flow.hpp"
#include "bot/features/prompt/flow.hpp"
#include "bot/features/search/flow.hpp"
#include "bot/features/settings/flow.hpp"
#include "bot/features/start/flow.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::routes {
namespace {

constexpr std::array<Command, 6> kCommands{{
    {"start", "command.start", start::start},
    {"create", "command.create", create::open},
    {"images", "command.images", gallery::newest},
    {"settings", "command.settings", settings::open},
    {"help", "command.help", help::open},
    {"cancel", "command.cancel", start::cancel},
}};

Task<Reply> ready(Reply reply = {}) {
  co_return reply;
}

/// Styles that were found stand on a shelf, which is the create feature's; `instead`: there are none.
Task<Reply> show_found(FlowContext& context, std::optional<Reply> instead) {
  if (instead) {
    co_return std::move(*instead);
  }
  create::Category shelf{std::string(create::kSearch), 0, false};
  co_return co_await create::category(context, std::move(shelf));
}

Task<Reply> written_styles(FlowContext& context) {
  auto instead = co_await search::written_styles(context);
  co_return co_await show_found(context, std::move(instead));
}

Task<Reply> suggested_styles(FlowContext& context, search::Suggestion what) {
  auto instead = co_await search::suggestion(context, what);
  co_return co_await show_found(context, std::move(instead));
}

/// One line a button. A route without a line does not compile.
struct Presses {
  FlowContext& context;

  Task<Reply> operator()(const frame::Home&) const { return start::home(context); }
  Task<Reply> operator()(const frame::Nothing&) const { return ready(); }
  Task<Reply> operator()(const create::Open&) const { return create::open(context); }
  Task<Reply> operator()(const create::Shelves& to) const { return create::shelves(context, to); }
  Task<Reply> operator()(const create::Category& to) const { return create::category(context, to); }
  Task<Reply> operator()(const create::Style& to) const { return create::style(context, to); }
  Task<Reply> operator()(const create::StyleRatio& what) const { return create::style_ratio(context, what); }
  Task<Reply> operator()(const create::Generate& what) const { return create::generate(context, what); }
  Task<Reply> operator()(const prompt::Ask&) const { return prompt::ask(context); }
  Task<Reply> operator()(const prompt::Ratio& what) const { return prompt::ratio(context, what); }
  Task<Reply> operator()(const prompt::Take& what) const { return prompt::take(context, what); }
  Task<Reply> operator()(const prompt::Generate& what) const { return prompt::generate(context, what); }
  Task<Reply> operator()(const job::Repeat& what) const { return job::repeat(context, what); }
  Task<Reply> operator()(const job::Cancel& what) const { return job::cancel(context, what); }
  Task<Reply> operator()(const picture::Download& what) const { return picture::download(context, what); }
  Task<Reply> operator()(const picture::Remove& what) const { return picture::remove(context, what); }
  Task<Reply> operator()(const picture::Undo& what) const { return picture::undo(context, what); }
  Task<Reply> operator()(const settings::Open&) const { return settings::open(context); }
  Task<Reply> operator()(const settings::Set& what) const { return settings::set(context, what); }
  Task<Reply> operator()(const settings::Languages&) const { return settings::languages(context); }
  Task<Reply> operator()(const settings::SetLanguage& what) const { return settings::set_language(context, what); }
  Task<Reply> operator()(const help::Open&) const { return help::open(context); }
  Task<Reply> operator()(const gallery::Newest&) const { return gallery::newest(context); }
  Task<Reply> operator()(const gallery::Day& to) const { return gallery::day(context, to); }
  Task<Reply> operator()(const gallery::Months& to) const { return gallery::months(context, to); }
  Task<Reply> operator()(const gallery::Picture& to) const { return gallery::picture(context, to); }
  Task<Reply> operator()(const gallery::AskName& what) const { return gallery::ask_name(context, what); }
  Task<Reply> operator()(const gallery::DropName& what) const { return gallery::drop_name(context, what); }
  Task<Reply> operator()(const search::AskStyles&) const { return search::ask_styles(context); }
  Task<Reply> operator()(const search::Suggestion& what) const { return suggested_styles(context, what); }
  Task<Reply> operator()(const search::AskPictures&) const { return search::ask_pictures(context); }
  Task<Reply> operator()(const search::Results& to) const { return search::results(context, to); }
};

Task<Reply> press(FlowContext& context, const Event& event) {
  const auto callback = decode(event.data);
  if (!callback) {
    return ready(stale());
  }
  return std::visit(Presses{context}, *callback);
}

Task<Reply> command(FlowContext& context, const Event& event) {
  for (const Command& known : kCommands) {
    if (known.name == event.command) {
      return known.flow(context);
    }
  }
  return help::unknown_command(context);
}

/// A text goes to the flow that asked for it; one that nobody asked for is talked about.
Task<Reply> written(FlowContext& context) {
  switch (awaited(context)) {
    case domain::Awaits::prompt: return prompt::written(context);
    case domain::Awaits::name: return gallery::named(context);
    case domain::Awaits::styles: return written_styles(context);
    case domain::Awaits::pictures: return search::written_pictures(context);
    default: return start::spoken(context);
  }
}

Task<Reply> answer(FlowContext& context, const Event& event) {
  switch (event.kind) {
    case Event::Kind::press: return press(context, event);
    case Event::Kind::command: return command(context, event);
    case Event::Kind::text: return written(context);
    case Event::Kind::other: return prompt::not_text(context);
    default: return ready();
  }
}

/// E11: the menu anew, and a toast that says so.
Task<Reply> menu_anew(FlowContext& context) {
  Reply reply = co_await start::home(context);
  reply.toast = context.texts().plain("toast.stale");
  co_return reply;
}

}  // namespace

Task<Reply> handle(FlowContext& context, const Event& event) {
  if (goes_on(event, context.chat.row)) {
    co_return Reply{};
  }
  Reply reply = co_await answer(context, event);
  if (!reply.refused) {
    co_return reply;
  }
  if (reply.refused->code == Errc::callback_unknown) {
    co_return co_await menu_anew(context);
  }
  co_return problem::tell(context, std::move(reply));
}

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace aisha::bot::routes
