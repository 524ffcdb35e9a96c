// SPDX-License-Identifier: Apache-2.0
// Every button of the chat, breadth first from the commands of its menu, over the real services.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <stdexcept>

#include "tests/fakes/bot_world.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

constexpr std::size_t kFar = 4;
/// What is there only once something was chosen or answered on the way: the card of an avatar that was the main one,
/// the word that a consent is withdrawn.
const std::set<std::string> kAfterwards{"1as 1an 1ad 1av 1h ", "1aw 1av 1h "};
constexpr std::size_t kDeepest = 6;  ///< looked at, to see what is too far
constexpr const char* kCommands[] = {"/start", "/create", "/images", "/favorites", "/settings"};

/// A way to a screen: a command, and which button (by its place under the newest message with buttons) was pressed each
/// time.
struct Path {
  std::string command;
  std::vector<std::size_t> taps;
};

const ChatMessage& talking(BotWorld& world) {
  const ChatMessage* found = nullptr;
  for (const auto& [id, message] : world.telegram.chat(BotWorld::kChat)) {
    found = message.buttons.empty() ? found : &message;
  }
  return *found;
}

/// What makes two screens the same kind: the routes of their buttons, in order, repeats left out.
std::string signature(const ChatMessage& message) {
  std::string out;
  std::set<std::string> seen;
  for (const auto& button : message.buttons) {
    const std::string code = button.data.substr(0, button.data.find(':'));
    if (seen.insert(code).second) {
      out += code + " ";
    }
  }
  return out;
}

struct Step {
  std::string signature;
  std::vector<std::string> buttons;
  std::string toast;
};

/// What the person has who presses.
enum class Has : std::uint8_t { nothing, a_picture, a_removed_picture, a_photo };

/// Plays the path in a fresh world.
Step play(const Path& path, Has has) {
  BotWorld world;
  world.write("/start");
  if (has == Has::a_photo) {
    world.send_photo("face");
    world.settle();
    world.tap("Женщина");
    world.settle();
    world.write("/start");
    world.tap("Аватары");
    world.tap("Aisha");
  } else if (has != Has::nothing) {
    world.tap("Создать изображение");
    world.tap("1");
    world.settle();
  }
  if (has == Has::a_removed_picture) {
    world.tap("Удалить");
    world.settle();
  }
  world.write(path.command);
  Step step;
  for (const std::size_t place : path.taps) {
    const ChatMessage& message = talking(world);
    const std::string data = message.buttons.at(place).data;
    step.toast = data.empty() ? "" : world.press(message.id, data);
    world.settle();
  }
  const ChatMessage& last = talking(world);
  step.signature = signature(last);
  for (const auto& button : last.buttons) {
    step.buttons.push_back(button.data);
  }
  return step;
}

/// Throws for a text that there is none of: comparing with it would prove nothing.
std::string text_of(std::string_view key) {
  static const texts::Library library;
  std::string out = library.ru.plain(key);
  return out != key ? out : throw std::logic_error("no text " + out);
}

/// What a walk has seen.
struct Seen {
  std::map<std::string, std::size_t> depth_of;
  std::set<std::string> routes;
  int presses = 0;
};

void crawl(Seen& seen, Has has) {
  std::deque<Path> todo;
  for (const char* command : kCommands) {
    todo.push_back({command, {}});
  }
  std::set<std::string> visited;
  while (!todo.empty()) {
    const Path path = todo.front();
    todo.pop_front();
    const Step step = play(path, has);
    ++seen.presses;
    for (const std::string_view key : {"toast.stale", "toast.general", "toast.not_found"}) {
      EXPECT_NE(step.toast, text_of(key)) << key << " after " << step.signature;
    }
    EXPECT_FALSE(step.buttons.empty()) << "a dead end: " << step.signature;
    const auto [known, fresh] = seen.depth_of.emplace(step.signature, path.taps.size());
    known->second = std::min(known->second, path.taps.size());
    if (!visited.insert(step.signature).second) {
      continue;
    }
    for (std::size_t i = 0; i < step.buttons.size(); ++i) {
      if (step.buttons[i].empty()) {
        continue;
      }
      seen.routes.insert(step.buttons[i].substr(0, step.buttons[i].find(':')));
      if (path.taps.size() < kDeepest) {
        Path next = path;
        next.taps.push_back(i);
        todo.push_back(std::move(next));
      }
    }
  }
}

TEST(Crawl, EveryButtonLeadsSomewhereAndEveryScreenIsAtMostFourTapsFromACommand) {
  Seen seen;
  for (const Has has : {Has::nothing, Has::a_picture, Has::a_removed_picture, Has::a_photo}) {
    crawl(seen, has);
  }
  for (const auto& [signature, depth] : seen.depth_of) {
    EXPECT_LE(depth, kAfterwards.contains(signature) ? kFar + 1 : kFar) << signature;
  }
  EXPECT_GE(seen.depth_of.size(), 10U);
  // Those that only a failure, a running generation or a written prompt brings are pressed in flows_test.
  for (const char* route :
       {"1h",  "1c",  "1k",   "1s",   "1g",  "1p",  "1d",  "1rm", "1un", "1se", "1e",  "1sr", "1la", "1l",  "1he",
        "1my", "1m",  "1mm",  "1i",   "1nm", "1f",  "1sv", "1fk", "1fi", "1sl", "1fs", "1cl", "1bn", "1bi", "1bf",
        "1st", "1tz", "1tzs", "1tzo", "1av", "1ac", "1an", "1ad", "1ay", "1au", "1aw", "1ap", "1ax", "1sh", "1sx"}) {
    EXPECT_TRUE(seen.routes.contains(route)) << route;
  }
  RecordProperty("screens", static_cast<int>(seen.depth_of.size()));
  RecordProperty("presses", seen.presses);
}

}  // namespace
}  // namespace aisha::bot
