// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/routes.hpp"

#include <array>

#include "bot/features/flows.hpp"

namespace aisha::bot::routes {
namespace {

using namespace route;

constexpr std::array<Command, 5> kCommands{{
    {"start", "command.start", flows::start},
    {"create", "command.create", flows::create},
    {"settings", "command.settings", flows::settings},
    {"help", "command.help", flows::help},
    {"cancel", "command.cancel", flows::cancel_input},
}};

Task<Reply> nothing() {
  co_return Reply{};
}

/// One line a button. A route without a line does not compile.
struct Presses {
  FlowContext& context;

  Task<Reply> operator()(const Home&) const { return flows::home(context); }
  Task<Reply> operator()(const Create&) const { return flows::create(context); }
  Task<Reply> operator()(const Category& to) const { return flows::category(context, to); }
  Task<Reply> operator()(const Style& to) const { return flows::style(context, to); }
  Task<Reply> operator()(const StyleRatio& what) const { return flows::style_ratio(context, what); }
  Task<Reply> operator()(const Generate& what) const { return flows::generate(context, what); }
  Task<Reply> operator()(const Prompt&) const { return flows::ask_prompt(context); }
  Task<Reply> operator()(const PromptRatio& what) const { return flows::prompt_ratio(context, what); }
  Task<Reply> operator()(const GeneratePrompt& what) const { return flows::generate_prompt(context, what); }
  Task<Reply> operator()(const Repeat& what) const { return flows::repeat(context, what); }
  Task<Reply> operator()(const CancelJob& what) const { return flows::cancel_job(context, what); }
  Task<Reply> operator()(const Download& what) const { return flows::download(context, what); }
  Task<Reply> operator()(const Remove& what) const { return flows::remove(context, what); }
  Task<Reply> operator()(const Undo& what) const { return flows::undo(context, what); }
  Task<Reply> operator()(const Settings&) const { return flows::settings(context); }
  Task<Reply> operator()(const Set& what) const { return flows::set(context, what); }
  Task<Reply> operator()(const Languages&) const { return flows::languages(context); }
  Task<Reply> operator()(const SetLanguage& what) const { return flows::set_language(context, what); }
  Task<Reply> operator()(const Help&) const { return flows::help(context); }
  Task<Reply> operator()(const Nothing&) const { return nothing(); }
};

Task<Reply> press(FlowContext& context, const Event& event) {
  const auto callback = decode(event.data);
  if (!callback) {
    return flows::stale(context);
  }
  return std::visit(Presses{context}, *callback);
}

Task<Reply> command(FlowContext& context, const Event& event) {
  for (const Command& known : kCommands) {
    if (known.name == event.command) {
      return known.flow(context);
    }
  }
  return flows::home(context);
}

}  // namespace

Task<Reply> handle(FlowContext& context, const Event& event) {
  switch (event.kind) {
    case Event::Kind::press: return press(context, event);
    case Event::Kind::command: return command(context, event);
    case Event::Kind::text: return flows::written(context);
    case Event::Kind::other: return flows::not_text(context);
    default: return nothing();
  }
}

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace aisha::bot::routes
