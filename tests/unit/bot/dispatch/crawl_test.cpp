// SPDX-License-Identifier: Apache-2.0
// Every button of the chat, breadth first from /start, over the real services.
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

constexpr std::size_t kDeepest = 6;

/// A way to a screen: which button (by its place under the newest message with buttons) was pressed each time.
using Path = std::vector<std::size_t>;

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

/// Plays the path in a fresh world, of a person who begins or of one who has a picture.
Step play(const Path& path, bool has_picture) {
  BotWorld world;
  world.write("/start");
  if (has_picture) {
    world.tap("Создать изображение");
    world.tap("1");
    world.settle();
    world.write("/start");
  }
  Step step;
  for (const std::size_t place : path) {
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

void crawl(Seen& seen, bool has_picture) {
  std::deque<Path> todo{{}};
  std::set<std::string> visited;
  while (!todo.empty()) {
    const Path path = todo.front();
    todo.pop_front();
    const Step step = play(path, has_picture);
    ++seen.presses;
    for (const std::string_view key : {"toast.stale", "toast.general", "toast.not_found"}) {
      EXPECT_NE(step.toast, text_of(key)) << key << " after " << step.signature;
    }
    EXPECT_FALSE(step.buttons.empty()) << "a dead end: " << step.signature;
    const auto [known, fresh] = seen.depth_of.emplace(step.signature, path.size());
    known->second = std::min(known->second, path.size());
    if (!visited.insert(step.signature).second) {
      continue;
    }
    for (std::size_t i = 0; i < step.buttons.size(); ++i) {
      if (step.buttons[i].empty()) {
        continue;
      }
      seen.routes.insert(step.buttons[i].substr(0, step.buttons[i].find(':')));
      if (path.size() < kDeepest) {
        Path next = path;
        next.push_back(i);
        todo.push_back(std::move(next));
      }
    }
  }
}

TEST(Crawl, EveryButtonLeadsSomewhereAndEveryScreenIsAtMostSixTapsAway) {
  Seen seen;
  crawl(seen, false);
  crawl(seen, true);
  for (const auto& [signature, depth] : seen.depth_of) {
    EXPECT_LE(depth, 6U) << signature;
  }
  EXPECT_GE(seen.depth_of.size(), 10U);
  // Those that only a failure, a running generation or a written prompt brings are pressed in flows_test.
  for (const char* route :
       {"1h",  "1c",  "1k",  "1s",  "1g",   "1p",   "1d",  "1rm", "1un", "1se", "1e",  "1sr", "1la", "1l",
        "1he", "1my", "1m",  "1mm", "1i",   "1nm",  "1f",  "1sv", "1fk", "1fi", "1sl", "1fs", "1cl", "1bn",
        "1bi", "1bf", "1st", "1tz", "1tzs", "1tzo", "1av", "1ac", "1an", "1ad", "1ay", "1au"}) {
    EXPECT_TRUE(seen.routes.contains(route)) << route;
  }
  RecordProperty("screens", static_cast<int>(seen.depth_of.size()));
  RecordProperty("presses", seen.presses);
}

}  // namespace
}  // namespace aisha::bot
