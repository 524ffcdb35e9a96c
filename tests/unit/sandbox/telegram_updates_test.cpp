// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

class TelegramUpdates : public Town {
 protected:
  std::vector<std::int64_t> ids(std::int64_t offset, int limit = 100) {
    std::vector<std::int64_t> out;
    for (const json::Value& update : world.poll(bot, offset, limit)) {
      out.push_back(update.at("update_id").as_int64());
    }
    return out;
  }
  void say(const std::string& text) { act("send", {{"text", text}}); }
};

TEST_F(TelegramUpdates, ComeAgainUntilAcknowledged) {
  say("one");
  say("two");
  const auto first = ids(0);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[1], first[0] + 1);
  EXPECT_EQ(ids(0), first);
  EXPECT_EQ(ids(first[1]), std::vector{first[1]});
  EXPECT_EQ(ids(0), std::vector{first[1]});
  EXPECT_TRUE(ids(first[1] + 1).empty());
}

TEST_F(TelegramUpdates, ObeyLimitAndNegativeOffset) {
  for (const char* text : {"a", "b", "c", "d"}) {
    say(text);
  }
  const auto all = ids(0);
  EXPECT_EQ(ids(0, 2), (std::vector{all[0], all[1]}));
  EXPECT_EQ(ids(-2), (std::vector{all[2], all[3]}));
  EXPECT_EQ(ids(0), (std::vector{all[2], all[3]}));
  EXPECT_EQ(ids(-10).size(), 2U);
}

TEST_F(TelegramUpdates, TreatAnOffsetFarBeyondTheTailAsTheHead) {
  say("a");
  const auto all = ids(0);
  EXPECT_EQ(ids(all[0] + 1000), all);
  EXPECT_TRUE(ids(all[0] + 5).empty());
}

TEST_F(TelegramUpdates, StartAtARandomNumberOfTheSeed) {
  say("a");
  const auto first = ids(0).front();
  EXPECT_GE(first, 2'000'001);
  EXPECT_LE(first, 1'000'000'010);
  WorldOptions other = options();
  other.seed = 8;
  World elsewhere(other, [] { return 1LL; });
  const std::int64_t user = elsewhere.state().users.begin()->first;
  elsewhere.act("send", {{"chat", user}, {"text", "a"}});
  EXPECT_NE(elsewhere.poll(elsewhere.state().demo_bot, 0)[0].at("update_id").as_int64(), first);
}

TEST_F(TelegramUpdates, AreFilteredWhenMadeNotWhenFetched) {
  say("kept");
  call("getUpdates", {{"allowed_updates", R"(["callback_query"])"}});
  say("left out");
  EXPECT_EQ(ids(0).size(), 1U);
  call("getUpdates", {{"allowed_updates", "broken"}});
  say("still left out");
  EXPECT_EQ(ids(0).size(), 1U);
  call("getUpdates", {{"allowed_updates", "[]"}});
  say("heard");
  EXPECT_EQ(ids(0).size(), 2U);
}

TEST_F(TelegramUpdates, OfReactionsComeOnlyWhenAskedFor) {
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}}));
  act("react", {{"message_id", id}, {"emoji", "🔥"}});
  EXPECT_TRUE(ids(0).empty());
  call("getUpdates", {{"allowed_updates", R"(["message_reaction"])"}});
  act("react", {{"message_id", id}, {"emoji", "👍"}});
  const json::Array updates = world.poll(bot, 0);
  ASSERT_EQ(updates.size(), 1U);
  EXPECT_EQ(updates[0].at("message_reaction").at("old_reaction").at(0).at("emoji").as_string(), "🔥");
}

TEST_F(TelegramUpdates, DieOfAge) {
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kOneButton}}));
  press(id);
  say("a");
  now += 150'000;
  EXPECT_EQ(world.poll(bot, 0).size(), 1U) << "the callback lives 150 s, the message a day";
  now += 86'400'000;
  EXPECT_TRUE(world.poll(bot, 0).empty());
}

TEST_F(TelegramUpdates, CanBeRepeatedAfterTheirAcknowledgement) {
  say("a");
  const auto seen = ids(0);
  EXPECT_TRUE(ids(seen[0] + 1).empty());
  ASSERT_TRUE(world.act("repeat", {{"update_id", seen[0]}}));
  EXPECT_EQ(ids(seen[0] + 1), seen);
  EXPECT_TRUE(ids(seen[0] + 1).empty());
  EXPECT_EQ(world.act("repeat", {{"update_id", 1}}).error().status, 404);
}

TEST_F(TelegramUpdates, CanBeDoubledAndShuffled) {
  for (int i = 0; i < 20; ++i) {
    say("a");
  }
  const auto straight = ids(0);
  world.act("repeat", {{"shuffle", 10}, {"duplicate", 1.0}});
  const auto disturbed = ids(0);
  EXPECT_EQ(disturbed.size(), 40U);
  EXPECT_FALSE(std::ranges::is_sorted(disturbed));
  world.act("repeat", {{"shuffle", 0}, {"duplicate", 0}});
  EXPECT_EQ(ids(0), straight);
}

TEST_F(TelegramUpdates, TellWhenTheyWereMadeHandedOutAndAcknowledged) {
  say("a");
  const auto seen = ids(0);
  ids(0);
  ids(seen[0] + 1);
  const json::Object listed = world.updates(0);
  const json::Value& last = listed.at("updates").as_array().back();
  EXPECT_EQ(last.at("update_id").as_int64(), seen[0]);
  EXPECT_EQ(last.at("handed").as_uint64(), 2U);
  EXPECT_TRUE(last.at("acknowledged").as_bool());
}

TEST_F(TelegramUpdates, AreNotPolledWhileAWebhookIsSet) {
  EXPECT_EQ(refusal(call("setWebhook", {{"url", "http://example.com/"}})),
            "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
  EXPECT_EQ(refusal(call("setWebhook", {{"url", "https://example.com:9000/"}})),
            "400 Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
  EXPECT_EQ(refusal(call("setWebhook", {{"url", "http://127.0.0.1:9/"}, {"secret_token", "a b"}})),
            "400 Bad Request: secret token contains unallowed characters");
  const ApiAnswer set = call("setWebhook", {{"url", "http://127.0.0.1:9/hook"}, {"secret_token", "s"}});
  EXPECT_EQ(refusal(set), "200 Webhook was set");
  EXPECT_EQ(call("setWebhook", {{"url", "http://127.0.0.1:9/hook"}, {"secret_token", "s"}}).status, 429);
  now += 1000;
  EXPECT_EQ(refusal(call("setWebhook", {{"url", "http://127.0.0.1:9/hook"}, {"secret_token", "s"}})),
            "200 Webhook is already set");
  EXPECT_EQ(
      refusal(call("getUpdates", {})),
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
      "first");
  EXPECT_EQ(refusal(call("deleteWebhook", {})), "200 Webhook was deleted");
  EXPECT_EQ(refusal(call("deleteWebhook", {})), "200 Webhook is already deleted");
}

TEST_F(TelegramUpdates, GoToTheWebhookOneAtATimeForEachChat) {
  call("setWebhook", {{"url", "http://127.0.0.1:9/hook"}});
  world.act("user", {{"first_name", "Boris"}, {"id", 4242}});
  say("a1");
  say("a2");
  world.act("send", {{"chat", 4242}, {"text", "b1"}});
  const auto first = world.take_for_webhook(bot, {}, 10);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].lane, std::to_string(anna));
  EXPECT_TRUE(world.take_for_webhook(bot, {first[0].lane, first[1].lane}, 10).empty());
  world.webhook_done(bot, first[0].id, false, "Wrong response from the webhook: 500");
  EXPECT_EQ(world.take_for_webhook(bot, {first[1].lane}, 10).front().id, first[0].id);
  EXPECT_EQ(call("getWebhookInfo", {}).result().at("last_error_message").as_string(),
            "Wrong response from the webhook: 500");
  world.webhook_done(bot, first[0].id, true, "");
  EXPECT_EQ(world.take_for_webhook(bot, {first[1].lane}, 10).front().id, first[0].id + 1);
}

}  // namespace
}  // namespace aisha::sandbox::telegram
