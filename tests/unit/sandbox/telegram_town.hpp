// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/telegram/world.hpp"

namespace aisha::sandbox::telegram {

/// A world on a clock of its own with one bot and one person who has pressed Start.
class Town : public ::testing::Test {
 protected:
  using Arguments = std::initializer_list<std::pair<const std::string, std::string>>;

  Town() : world(options(), [this] { return now; }) {
    for (const auto& [id, user] : world.state().users) {
      if (user.language_code == "ru") {
        anna = id;
      }
    }
    bot = world.state().demo_bot;
    act("send", {{"start", ""}});
    drain();
  }

  static WorldOptions options() {
    WorldOptions out;
    out.seed = 7;
    return out;
  }

  /// Everything pending is acknowledged.
  void drain() {
    const json::Array last = world.poll(bot, -1);
    if (!last.empty()) {
      world.poll(bot, last[0].at("update_id").as_int64() + 1);
    }
  }

  ApiAnswer call(std::string_view method, Arguments arguments, std::vector<FileFacts> files = {}) {
    Call out;
    out.files = std::move(files);
    for (const auto& [name, value] : arguments) {
      out.params.set(name, value);
    }
    return world.call(options().demo_token, method, out);
  }

  /// With chat_id filled in.
  ApiAnswer to_anna(std::string_view method, Arguments arguments, std::vector<FileFacts> files = {}) {
    Call out;
    out.files = std::move(files);
    out.params.set("chat_id", std::to_string(anna));
    for (const auto& [name, value] : arguments) {
      out.params.set(name, value);
    }
    return world.call(options().demo_token, method, out);
  }

  std::string refusal(const ApiAnswer& answer) const {
    return std::to_string(answer.status) + " " + std::string(answer.description());
  }

  std::string id_of(const ApiAnswer& answer) const {
    EXPECT_TRUE(answer.ok()) << answer.description();
    return std::to_string(answer.result().at("message_id").as_int64());
  }

  SimOutcome act(std::string_view action, json::Object body, const std::vector<FileFacts>& files = {}) {
    body["chat"] = anna;
    return world.act(action, body, files);
  }

  static FileFacts picture(const std::string& field, const std::string& mark = "a", int width = 1536,
                           int height = 2048) {
    FileFacts out{field, "a.jpg", "image/jpeg", 500'000, std::string(64, mark[0]), width, height, {}};
    for (const int side : {90, 320, 800, 1280, 2048}) {
      out.ladder.push_back(LadderStep{side * width / height, side, side * 100LL, mark + std::to_string(side)});
    }
    return out;
  }

  /// Presses the first button of a message; the callback query's id.
  std::string press(const std::string& message) {
    const SimOutcome outcome = act("press", {{"message_id", message}, {"row", 0}, {"column", 0}});
    EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().sentence);
    return std::string(outcome->at("callback_query_id").as_string());
  }

  static constexpr const char* kOneButton = R"({"inline_keyboard":[[{"text":"A","callback_data":"a"}]]})";

  std::int64_t now = 1'790'000'000'000;
  World world;
  std::int64_t anna = 0;
  std::int64_t bot = 0;
};

}  // namespace aisha::sandbox::telegram
