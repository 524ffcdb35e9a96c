// SPDX-License-Identifier: Apache-2.0
#include "bot/routes.hpp"

#include <array>

#include "bot/flows/flows.hpp"

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
  Scene& scene;

  Task<Reply> operator()(const Home&) const { return flows::home(scene); }
  Task<Reply> operator()(const Create&) const { return flows::create(scene); }
  Task<Reply> operator()(const Category& to) const { return flows::category(scene, to); }
  Task<Reply> operator()(const Style& to) const { return flows::style(scene, to); }
  Task<Reply> operator()(const StyleRatio& what) const { return flows::style_ratio(scene, what); }
  Task<Reply> operator()(const Generate& what) const { return flows::generate(scene, what); }
  Task<Reply> operator()(const Prompt&) const { return flows::ask_prompt(scene); }
  Task<Reply> operator()(const PromptRatio& what) const { return flows::prompt_ratio(scene, what); }
  Task<Reply> operator()(const GeneratePrompt& what) const { return flows::generate_prompt(scene, what); }
  Task<Reply> operator()(const Repeat& what) const { return flows::repeat(scene, what); }
  Task<Reply> operator()(const CancelJob& what) const { return flows::cancel_job(scene, what); }
  Task<Reply> operator()(const Download& what) const { return flows::download(scene, what); }
  Task<Reply> operator()(const Remove& what) const { return flows::remove(scene, what); }
  Task<Reply> operator()(const Undo& what) const { return flows::undo(scene, what); }
  Task<Reply> operator()(const Settings&) const { return flows::settings(scene); }
  Task<Reply> operator()(const Set& what) const { return flows::set(scene, what); }
  Task<Reply> operator()(const Languages&) const { return flows::languages(scene); }
  Task<Reply> operator()(const SetLanguage& what) const { return flows::set_language(scene, what); }
  Task<Reply> operator()(const Help&) const { return flows::help(scene); }
  Task<Reply> operator()(const Nothing&) const { return nothing(); }
};

Task<Reply> press(Scene& scene, const Event& event) {
  const auto callback = decode(event.data);
  if (!callback) {
    return flows::stale(scene);
  }
  return std::visit(Presses{scene}, *callback);
}

Task<Reply> command(Scene& scene, const Event& event) {
  for (const Command& known : kCommands) {
    if (known.name == event.command) {
      return known.flow(scene);
    }
  }
  return flows::home(scene);
}

}  // namespace

Task<Reply> handle(Scene& scene, const Event& event) {
  switch (event.kind) {
    case Event::Kind::press: return press(scene, event);
    case Event::Kind::command: return command(scene, event);
    case Event::Kind::text: return flows::written(scene);
    case Event::Kind::other: return flows::not_text(scene);
    default: return nothing();
  }
}

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace aisha::bot::routes
