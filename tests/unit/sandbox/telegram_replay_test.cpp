// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sandbox/world_journal.hpp"
#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

class Lines final : public Recorder {
 public:
  void record(const json::Object& line) override { lines.push_back(json::serialize(line)); }
  std::vector<std::string> lines;
};

class TelegramReplay : public Town {
 protected:
  TelegramReplay() : fresh_(options(), [this] { return now; }) {}

  /// A bit of everything that is kept.
  void live() {
    act("send", {{"text", "hello"}});
    const std::string text = id_of(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kOneButton}}));
    now += 1234;
    const std::string photo = id_of(to_anna("sendPhoto", {{"caption", "b"}}, {picture("photo")}));
    press(text);
    to_anna("editMessageCaption", {{"message_id", photo}, {"caption", "c"}, {"reply_markup", kOneButton}});
    to_anna("sendMessage", {{"text", ""}});
    world.act("user", {{"first_name", "Boris"}});
    call("setMyCommands", {{"commands", R"([{"command":"start","description":"Begin"}])"}});
    const json::Array seen = world.poll(bot, 0);
    world.poll(bot, seen[0].at("update_id").as_int64() + 1);
    act("react", {{"message_id", photo}, {"emoji", "🔥"}});
    act("block", {});
  }

  World fresh_;
};

TEST_F(TelegramReplay, BuildsTheSameWorldAgain) {
  // The fixture has already spoken: what it said goes in front.
  fresh_.replay(json::Object{{"act", "send"}, {"t", now}, {"body", json::Object{{"chat", anna}, {"start", ""}}}});
  fresh_.poll(bot, fresh_.poll(bot, 0)[0].at("update_id").as_int64() + 1);
  Lines kept;
  world.set_recorder(&kept);
  live();
  for (const std::string& line : kept.lines) {
    ASSERT_TRUE(fresh_.replay(json::parse(line)->as_object())) << line;
  }
  EXPECT_EQ(*fresh_.conversation(bot, anna), *world.conversation(bot, anna));
  EXPECT_EQ(fresh_.people(bot), world.people(bot));
  EXPECT_EQ(fresh_.bots("ru"), world.bots("ru"));
  EXPECT_EQ(fresh_.poll(bot, 0), world.poll(bot, 0)) << "pending updates are the same";
  EXPECT_EQ(fresh_.state().bots.at(bot).files.size(), world.state().bots.at(bot).files.size());
}

TEST_F(TelegramReplay, KeepsNothingOfRefusedOrReadingCalls) {
  Lines kept;
  world.set_recorder(&kept);
  to_anna("sendMessage", {{"text", ""}});
  call("getMe", {});
  call("getWebhookInfo", {});
  world.poll(bot, 0);
  to_anna("sendChatAction", {{"action", "typing"}});
  EXPECT_TRUE(kept.lines.empty());
}

TEST_F(TelegramReplay, RefusesALineWithoutATime) {
  EXPECT_FALSE(fresh_.replay(json::Object{{"act", "send"}}));
}

TEST_F(TelegramReplay, SurvivesATornJournalAndKeepsTheClock) {
  const auto file = std::filesystem::temp_directory_path() / ("aisha-journal-" + std::to_string(::getpid()));
  std::filesystem::remove(file);
  struct Frozen final : Clock {
    TimePoint now() const override { return from_epoch_ms(1'790'000'000'000); }
    Task<void> sleep(Millis) override { co_return; }
  } base;
  SandboxClock clock(base);
  {
    WorldJournal journal(file);
    journal.restore(world, clock);
    clock.advance(Millis(5'000));
    journal.record_clock(clock);
    act("send", {{"text", "kept"}});
    std::ofstream(file, std::ios::app) << R"({"act":"se)";
    world.set_recorder(nullptr);
  }
  SandboxClock later(base);
  WorldJournal journal(file);
  journal.restore(fresh_, later);
  EXPECT_EQ(later.offset(), Millis(5'000));
  EXPECT_EQ(fresh_.transcript(bot, anna), "user #1 kept\n");
  fresh_.act("send", {{"chat", anna}, {"text", "after the tear"}});
  World third(options(), [this] { return now; });
  WorldJournal again(file);
  again.restore(third, later);
  EXPECT_EQ(third.transcript(bot, anna), "user #1 kept\nuser #2 after the tear\n");
  std::filesystem::remove(file);
}

TEST_F(TelegramReplay, ResetEmptiesChatsButNeverReusesNumbers) {
  act("send", {{"text", "a"}});
  const auto last = world.poll(bot, 0).back().at("update_id").as_int64();
  call("setMyCommands", {{"commands", R"([{"command":"start","description":"Begin"}])"}});
  world.reset();
  EXPECT_TRUE(world.conversation(bot, anna)->at("messages").as_array().empty());
  EXPECT_TRUE(world.poll(bot, 0).empty());
  EXPECT_EQ(world.state().users.size(), 2U);
  EXPECT_TRUE(world.state().users.contains(anna)) << "people come back with the same ids";
  EXPECT_EQ(world.bots("en").at("bots").at(0).at("commands").as_array().size(), 1U);
  const auto sent = act("send", {{"text", "b"}});
  EXPECT_EQ(sent->at("message_id").as_int64(), 3);
  EXPECT_EQ(world.poll(bot, 0)[0].at("update_id").as_int64(), last + 1);
}

}  // namespace
}  // namespace aisha::sandbox::telegram
