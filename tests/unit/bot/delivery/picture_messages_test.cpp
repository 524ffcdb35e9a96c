// SPDX-License-Identifier: Apache-2.0
// Which messages show a picture, and what becomes of them when it is removed, restored and purged.
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;
using services::Blanker;

constexpr std::chrono::days kTrash{31};

class ShownPictures : public testing::Chat {
 protected:
  ShownPictures() { world_.telegram.now = seconds_now(); }

  std::int64_t seconds_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(world_.world.clock.now().time_since_epoch()).count();
  }
  std::int64_t noted(const char* kind) {
    return world_.world
        .run(world_.world.db->read(
            sql::Statement("SELECT count(*) FROM picture_messages WHERE kind = $1", std::string_view(kind))))[0]
        .i64(0);
  }
  std::int64_t waiting() { return world_.count("SELECT count(*) FROM message_blanks"); }
  std::int64_t states() { return world_.count("SELECT count(*) FROM outbox WHERE kind = 'picture_state'"); }
  void change(sql::Text text) {
    world_.world.run(world_.world.db->write({{sql::Statement(text), std::nullopt}})).value();
  }

  /// A finished picture and below it the home card, which shows it too.
  struct Shown {
    ChatMessage result;
    ChatMessage home;
  };
  Shown shown_twice() {
    Shown out;
    out.result = picture();
    world_.write("/start");
    out.home = world_.newest();
    EXPECT_EQ(out.home.file_id, out.result.file_id);
    return out;
  }
  /// As after the death of its process between the edit and the note of it.
  void forget_that_it_was_told() {
    change("DELETE FROM picture_messages");
    change("UPDATE outbox SET state = 'sending', done_at = NULL, due_at = next_at WHERE kind = 'job_result'");
  }
  /// Removed from the result's own message, and purged when its days are over.
  void purge(const ChatMessage& result) {
    world_.press(result.id, result.data_of("Удалить"));
    world_.settle();
    world_.world.clock.advance(kTrash);
    world_.world.run(world_.world.sweeper.run());
  }
  /// Purged as "for ever" does it, without its days.
  void purge_at_once(const ChatMessage& result) {
    world_.press(result.id, result.data_of("Удалить"));
    world_.settle();
    change("UPDATE generation_requests SET deleted_at = created_at - 9000000000 WHERE deleted_at IS NOT NULL");
    world_.world.run(world_.world.sweeper.run());
  }
  /// One look of the worker; how many chats it dealt with.
  int blank() { return world_.world.step(world_.blanking); }
  /// Many blanks of the chat, of unknown age.
  void fill_blanks(int many) {
    for (int i = 0; i < many; ++i) {
      stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
      sql::Batch batch;
      batch.push_back({sql::Statement("INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)"
                                      " VALUES ($1, $2, $3, $4, $4)",
                                      BotWorld::kChat, 10'000 + i, TimePoint{}, unit.now()),
                       1});
      world_.world.run(world_.world.db->write(std::move(batch))).value();
    }
  }
  std::size_t edits() { return world_.telegram.calls_of("editMessageMedia").size(); }
  std::string counted() { return world_.world.registry.text(); }
};

TEST_F(ShownPictures, TheMessageInWhichItWasMadeAndItsFileAreNoted) {
  const ChatMessage result = picture();
  EXPECT_EQ(noted("result"), 1);
  EXPECT_EQ(world_.count("SELECT message_id FROM picture_messages"), result.id);
  EXPECT_EQ(world_.count("SELECT sent_at FROM picture_messages"), result.date * 1'000);
  world_.tap("Скачать");
  world_.settle();
  EXPECT_EQ(noted("document"), 1);
  EXPECT_EQ(world_.count("SELECT message_id FROM picture_messages WHERE kind = 'document'"), world_.newest().id);
}

TEST_F(ShownPictures, AResultThatWasThereAlreadyIsNotedToo) {
  const std::int64_t card = create_card().id;
  world_.tap("1");
  world_.world.step(world_.sending);
  for (int i = 0; i < 3; ++i) {
    world_.telegram.refuse("editMessageMedia", 400, "Bad Request: message is not modified");
  }
  world_.settle();
  EXPECT_EQ(world_.count("SELECT message_id FROM picture_messages WHERE kind = 'result'"), card);
}

TEST_F(ShownPictures, AResultSentInPlaceOfALostMessageIsTheOneNoted) {
  const std::int64_t card = create_card().id;
  world_.tap("1");
  world_.telegram.forget_message(BotWorld::kChat, card);
  world_.settle();
  EXPECT_EQ(world_.count("SELECT message_id FROM picture_messages"), world_.newest().id);
}

TEST_F(ShownPictures, ACardLeftBehindWithAPictureIsNotedUnlessItCouldBeDeleted) {
  shown_twice();
  world_.write("/help");
  EXPECT_EQ(noted("photo"), 0) << "the home card is gone from the chat";
  world_.write("/start");
  const std::int64_t home = world_.newest().id;
  world_.telegram.refuse("deleteMessage", 400, "Bad Request: message can't be deleted for everyone");
  world_.write("/help");
  EXPECT_TRUE(world_.telegram.chat(BotWorld::kChat).contains(home));
  EXPECT_EQ(world_.count("SELECT message_id FROM picture_messages WHERE kind = 'photo'"), home);
}

TEST_F(ShownPictures, RemovedFromElsewhereTheResultSaysSoAndComesBack) {
  const Shown shown = shown_twice();
  world_.press(shown.home.id, shown.result.data_of("Удалить"));
  EXPECT_EQ(states(), 1);
  world_.settle();
  EXPECT_TRUE(world_.message(shown.result.id).has("Вернуть"));
  EXPECT_FALSE(world_.message(shown.result.id).has("Скачать"));
  world_.press(shown.home.id, shown.result.data_of("Удалить"));
  world_.settle();
  EXPECT_EQ(states(), 1) << "removed already";
  world_.press(shown.home.id, world_.message(shown.home.id).data_of("Вернуть"));
  world_.settle();
  EXPECT_EQ(world_.message(shown.result.id).file_id, shown.result.file_id);
  EXPECT_TRUE(world_.message(shown.result.id).has("Скачать"));
}

TEST_F(ShownPictures, TheMessageThatWasPressedIsToldBehindTheCommitToo) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Удалить"));
  EXPECT_TRUE(world_.message(result.id).has("Вернуть")) << "at once";
  EXPECT_EQ(states(), 1) << "an edit that was on its way may come last, this one comes behind it";
  world_.settle();
  EXPECT_TRUE(world_.message(result.id).has("Вернуть"));
}

TEST_F(ShownPictures, AMessageThatIsToldItsResultOnceMoreIsChangedBehindThatToo) {
  const ChatMessage result = picture();
  forget_that_it_was_told();
  world_.press(result.id, result.data_of("Удалить"));
  world_.settle();
  EXPECT_TRUE(world_.message(result.id).has("Вернуть"));
}

TEST_F(ShownPictures, AHeartIsToldAgainBehindAResultThatMayBeOnItsWay) {
  const ChatMessage result = picture();
  forget_that_it_was_told();
  world_.press(result.id, result.data_of("🤍"));
  EXPECT_EQ(states(), 1) << "the result may have been read before the heart and land behind it";
  world_.settle();
  EXPECT_TRUE(world_.message(result.id).has("❤️"));
}

TEST_F(ShownPictures, AHeartUnderAResultThatWasToldCostsNoRow) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("🤍"));
  EXPECT_EQ(states(), 0);
  EXPECT_TRUE(world_.message(result.id).has("❤️"));
}

TEST_F(ShownPictures, AResultToldOnceMoreSaysWhatItsPersonDidMeanwhile) {
  const ChatMessage result = picture();
  forget_that_it_was_told();
  world_.telegram.meanwhile("editMessageMedia", [&] {
    change("UPDATE generation_requests SET deleted_at = finished_at WHERE status = 'ready'");
  });
  world_.settle();
  EXPECT_TRUE(world_.message(result.id).has("Вернуть"));
  EXPECT_EQ(states(), 0);
}

TEST_F(ShownPictures, EachOfItsMessagesIsChangedOnceAlsoWhenAnotherOneHasToWait) {
  const Shown shown = shown_twice();
  world_.telegram.refuse("deleteMessage", 400, "Bad Request: message can't be deleted for everyone");
  world_.write("/start");
  const std::int64_t home = world_.newest().id;
  const std::size_t before = edits();
  world_.press(home, shown.result.data_of("Удалить"));
  EXPECT_EQ(states(), 2) << "the result and the card left behind";
  world_.world.step(world_.sending, 1);
  world_.telegram.refuse("editMessageMedia", 429, "Too Many Requests: retry after 2", 2);
  world_.settle();
  EXPECT_TRUE(world_.message(shown.result.id).has("Вернуть"));
  EXPECT_TRUE(world_.message(shown.home.id).has("Вернуть"));
  EXPECT_EQ(edits(), before + 1 + 2 + 1) << "the pressed one, each other one, and one refusal";
}

TEST_F(ShownPictures, AMessageThatIsGoneIsLeftAlone) {
  const Shown shown = shown_twice();
  world_.telegram.forget_message(BotWorld::kChat, shown.result.id);
  const std::size_t sends = world_.telegram.sends();
  world_.press(shown.home.id, shown.result.data_of("Удалить"));
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE kind = 'picture_state' AND state = 'sent'"), 1);
  EXPECT_EQ(world_.telegram.sends(), sends);
}

TEST_F(ShownPictures, RemovedBeforeItWasToldItsMessageSaysThatItIsRemoved) {
  const std::int64_t card = create_card().id;
  world_.tap("1");
  for (int i = 0; i < 5; ++i) {
    world_.world.step(world_.world.submit_worker);
    world_.world.step(world_.world.poll_worker);
    world_.world.step(world_.world.result_worker);
    world_.world.clock.advance(Millis(1'000));
  }
  change("UPDATE generation_requests SET deleted_at = finished_at WHERE status = 'ready'");
  world_.settle();
  EXPECT_TRUE(world_.message(card).has("Вернуть"));
  EXPECT_EQ(noted("result"), 1) << "it can come back there";
}

TEST_F(ShownPictures, YoungMessagesOfAPurgedPictureAreDeletedInOneCall) {
  const ChatMessage result = picture();
  world_.tap("Скачать");
  world_.settle();
  const std::int64_t file = world_.newest().id;
  purge_at_once(result);
  EXPECT_EQ(waiting(), 2);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(world_.telegram.calls_of("deleteMessages").size(), 1U);
  EXPECT_FALSE(world_.telegram.chat(BotWorld::kChat).contains(result.id));
  EXPECT_FALSE(world_.telegram.chat(BotWorld::kChat).contains(file));
}

TEST_F(ShownPictures, OlderOnesGetTheNeutralPictureOneByOne) {
  const ChatMessage result = picture();
  world_.tap("Скачать");
  world_.settle();
  const std::int64_t file = world_.newest().id;
  purge(result);
  ASSERT_EQ(waiting(), 2);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(blank(), 0) << "the chat has its pause";
  world_.world.clock.advance(world_.world.policy.blank_pace);
  EXPECT_EQ(blank(), 1);
  EXPECT_TRUE(world_.telegram.calls_of("deleteMessages").empty());
  for (const std::int64_t id : {result.id, file}) {
    EXPECT_EQ(world_.message(id).caption, "🗑️ Изображение удалено");
    EXPECT_TRUE(world_.message(id).buttons.empty());
    EXPECT_EQ(world_.message(id).kind, "photo");
  }
  EXPECT_EQ(waiting(), 0);
}

TEST_F(ShownPictures, WhatTelegramDoesNotDeleteAfterAllIsChangedInstead) {
  const ChatMessage result = picture();
  purge_at_once(result);
  world_.telegram.refuse("deleteMessages", 400, "Bad Request: message can't be deleted");
  EXPECT_EQ(blank(), 1);
  world_.world.clock.advance(world_.world.policy.blank_pace);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(world_.message(result.id).caption, "🗑️ Изображение удалено");
  EXPECT_EQ(waiting(), 0);
}

TEST_F(ShownPictures, AMenuCardThatStillShowsAPurgedPictureLosesIt) {
  const Shown shown = shown_twice();
  purge(shown.result);
  EXPECT_EQ(world_.chat().card_message_id, 0);
  for (int i = 0; i < 3; ++i) {
    blank();
    world_.world.clock.advance(world_.world.policy.blank_pace);
  }
  EXPECT_EQ(world_.message(shown.home.id).caption, "🗑️ Изображение удалено");
  world_.write("/start");
  EXPECT_GT(world_.newest().id, shown.home.id);
  EXPECT_NE(world_.newest().file_id, shown.result.file_id);
}

TEST_F(ShownPictures, AGoneMessageAndABlockEndTheirRow) {
  const ChatMessage result = picture();
  purge(result);
  world_.telegram.forget_message(BotWorld::kChat, result.id);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 0);
  fill_blanks(1);
  world_.world.clock.advance(world_.world.policy.blank_pace);
  world_.telegram.stay_away("editMessageMedia", 403);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 0);
}

TEST_F(ShownPictures, AFloodIsWaitedOutAndNothingIsCalledMeanwhile) {
  const ChatMessage result = picture();
  purge(result);
  world_.telegram.refuse("editMessageMedia", 429, "Too Many Requests: retry after 40", 40);
  EXPECT_EQ(blank(), 1);
  const std::size_t calls = edits();
  world_.world.clock.advance(Millis(39'000));
  EXPECT_EQ(blank(), 0);
  EXPECT_EQ(edits(), calls);
  world_.world.clock.advance(Millis(1'001));
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 0);
}

TEST_F(ShownPictures, TelegramsAbsenceIsWaitedOut) {
  const ChatMessage result = picture();
  purge(result);
  world_.telegram.stay_away("editMessageMedia", 502);
  for (int i = 0; i < 8 * 24; ++i) {
    blank();
    world_.world.clock.advance(Millis(3'600'000));
  }
  EXPECT_EQ(waiting(), 1);
  world_.telegram.come_back();
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 0);
  EXPECT_NE(counted().find("aisha_blanks_given_up_total 0\n"), std::string::npos);
}

TEST_F(ShownPictures, WhatIsRefusedForAWeekIsGivenUpAndCountedAndHoldsUpNoOther) {
  const ChatMessage result = picture();
  purge(result);
  world_.telegram.stay_away("editMessageMedia", 400);
  EXPECT_EQ(blank(), 1);
  world_.telegram.come_back();
  fill_blanks(1);
  world_.world.clock.advance(world_.world.policy.blank_pace);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 1) << "the other one was dealt with";
  world_.telegram.stay_away("editMessageMedia", 400);
  for (int i = 0; i < 8 * 24 && waiting() > 0; ++i) {
    blank();
    world_.world.clock.advance(Millis(3'600'000));
  }
  EXPECT_EQ(waiting(), 0);
  EXPECT_NE(counted().find("aisha_blanks_given_up_total 1\n"), std::string::npos);
}

TEST_F(ShownPictures, AWeekInWhichNobodyTriedIsNotAWeekOfRefusals) {
  const ChatMessage result = picture();
  purge(result);
  world_.world.clock.advance(world_.world.policy.blank_give_up + Millis(3'600'000));
  world_.telegram.stay_away("editMessageMedia", 400);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 1);
  world_.telegram.come_back();
  world_.world.clock.advance(world_.world.policy.blank_pace);
  EXPECT_EQ(blank(), 1);
  EXPECT_EQ(waiting(), 0);
  EXPECT_NE(counted().find("aisha_blanks_given_up_total 0\n"), std::string::npos);
}

TEST_F(ShownPictures, AThousandBlanksDoNotHoldUpAResult) {
  create_card();
  fill_blanks(1'000);
  const std::int64_t card = world_.newest().id;
  world_.tap("1");
  EXPECT_EQ(blank(), 0) << "the status of the picture is to be told first";
  int seconds = 0;
  for (; !world_.message(card).has("Скачать") && seconds < 120; ++seconds) {
    world_.world.step(world_.world.submit_worker);
    world_.world.step(world_.world.result_worker);
    world_.world.step(world_.sending);
    blank();
    world_.world.clock.advance(Millis(1'000));
    world_.world.step(world_.world.poll_worker);
  }
  EXPECT_LT(seconds, 30);
  EXPECT_GT(waiting(), 1'000 - 30) << "one in three seconds at most";
  EXPECT_LT(waiting(), 1'000);
}

TEST_F(ShownPictures, WhoWantsNoNoticesGetsNoShortReply) {
  create_card();
  change("UPDATE user_settings SET notify = false");
  world_.world.policy.notice_after = Millis(0);
  world_.tap("1");
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE kind = 'ready_notice' AND state = 'sent'"), 1);
  EXPECT_TRUE(world_.telegram.calls_of("sendMessage").empty());
}

}  // namespace
}  // namespace aisha::bot
