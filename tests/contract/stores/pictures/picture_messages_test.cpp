// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/picture_messages.hpp"

#include "stores/pictures/message_blanks.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
namespace blanks = stores::message_blanks;
namespace messages = stores::picture_messages;
using messages::Kind;

constexpr std::int64_t kChat = 1001;
constexpr std::int64_t kOther = 2002;

class PictureMessages : public PlanTest {
 protected:
  void note(const Uuid& picture, std::int64_t message, Kind kind = Kind::result, TimePoint sent = {},
            std::int64_t chat = kChat) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { messages::note(u, {chat, message, picture, kind, sent}); }));
  }
  std::vector<std::int64_t> of(const Uuid& picture) {
    std::vector<std::int64_t> out;
    for (const auto& message : ask([&](UnitOfWork& u) { return messages::of_picture(u, picture, 10); })) {
      out.push_back(message.message_id);
    }
    return out;
  }
  void blank(const Uuid& picture) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { messages::blank(u, picture); }));
  }
  std::vector<blanks::Taken> claim(std::int64_t limit = 10) {
    return ask([&](UnitOfWork& u) { return blanks::claim(u, limit, kLease); });
  }
  std::vector<std::int64_t> claimed() {
    std::vector<std::int64_t> out;
    for (const auto& taken : claim()) {
      out.push_back(taken.message_id);
    }
    return out;
  }
  void rest(const blanks::Taken& taken, TimePoint until) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { blanks::rest(u, taken, until); }));
  }
  void end(std::int64_t chat, std::vector<std::int64_t> which) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { blanks::end(u, chat, which); }));
  }
  std::optional<TimePoint> next_due() {
    return ask([](UnitOfWork& u) { return blanks::next_due(u); });
  }
  std::int64_t waiting() { return number(sql::Statement("SELECT count(*) FROM message_blanks")); }
};
INSTANTIATE_TEST_SUITE_P(Engines, PictureMessages, ::testing::ValuesIn(engines()), case_name);

TEST_P(PictureMessages, AMessageShowsOnePictureAtATime) {
  const Uuid one = succeeded("t1").id;
  const Uuid two = succeeded("t2").id;
  const TimePoint sent = db().now();
  note(one, 7, Kind::result, sent);
  note(one, 9, Kind::document, sent);
  EXPECT_THAT(of(one), ElementsAre(9, 7)) << "newest first";
  note(one, 7);
  const auto found = ask([&](UnitOfWork& u) { return messages::of_picture(u, one, 10); });
  EXPECT_EQ(found.at(1).sent_at, sent) << "what is known of its age stays known";
  EXPECT_EQ(found.at(1).chat_id, kChat);
  EXPECT_EQ(found.at(0).kind, Kind::document);
  note(two, 9, Kind::photo);
  EXPECT_THAT(of(one), ElementsAre(7));
  EXPECT_THAT(of(two), ElementsAre(9));
  ASSERT_TRUE(write([](UnitOfWork& u) { messages::forget(u, kChat, 9); }));
  EXPECT_THAT(of(two), IsEmpty());
  EXPECT_EQ(ask([&](UnitOfWork& u) { return messages::of_picture(u, one, 0); }).size(), 0U);
}

TEST_P(PictureMessages, EveryMessageOfAPictureAndTheCardThatShowsItAreToLoseIt) {
  const Uuid one = succeeded("t1").id;
  const Uuid two = succeeded("t2").id;
  note(one, 7);
  note(one, 8, Kind::photo);
  note(two, 9);
  make_user(kOther, 0);
  const auto show = [&](std::int64_t chat, std::int64_t card, const Uuid& picture) {
    auto row = ask([&](UnitOfWork& u) { return stores::chats::load(u, chat); }).value();
    row.card_message_id = card;
    row.photo_key = domain::result_photo_key(picture);
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::chats::save(u, row); }));
  };
  show(kChat, 11, one);
  show(kOther, 12, one);
  const auto before = ask([](UnitOfWork& u) { return stores::chats::load(u, kChat); }).value();
  blank(one);
  EXPECT_EQ(waiting(), 3) << "two messages and the owner's card";
  EXPECT_THAT(of(one), IsEmpty());
  EXPECT_THAT(of(two), ElementsAre(9));
  const auto after = ask([](UnitOfWork& u) { return stores::chats::load(u, kChat); }).value();
  EXPECT_EQ(after.card_message_id, 0);
  EXPECT_EQ(after.photo_key, "");
  EXPECT_GT(after.version, before.version) << "a handler that has it in hand must read again";
  EXPECT_EQ(ask([](UnitOfWork& u) { return stores::chats::load(u, kOther); })->card_message_id, 12);
  blank(one);
  EXPECT_EQ(waiting(), 3);
}

TEST_P(PictureMessages, AChatIsDealtWithByOneAtATimeAndWaitsAsAWhole) {
  const Uuid one = succeeded("t1").id;
  make_user(kOther, 0);
  EXPECT_FALSE(next_due());
  for (const std::int64_t message : {7, 8, 9}) {
    note(one, message);
  }
  note(one, 5, Kind::photo, {}, kOther);
  blank(one);
  EXPECT_LE(*next_due(), db().now());
  EXPECT_EQ(claim(1).size(), 1U) << "one chat at most";
  const auto rest_of = claim();
  EXPECT_EQ(rest_of.size(), 1U) << "the other chat: of the first none, though two of its messages are left";
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_GT(*next_due(), db().now());
  clock_.advance(kLease + Millis(1));
  const auto again = claim();
  ASSERT_EQ(again.size(), 2U) << "whoever had them is gone";
  for (const auto& taken : again) {
    end(taken.chat_id, {taken.message_id});
    rest(taken, db().now() + Millis(3'000));
  }
  EXPECT_THAT(claim(), IsEmpty()) << "the chat rests although the message in hand is gone";
  clock_.advance(Millis(3'001));
  EXPECT_EQ(claim().size(), 1U);
}

TEST_P(PictureMessages, TheMessageTriedLeastOftenComesFirst) {
  const Uuid one = succeeded("t1").id;
  note(one, 7);
  note(one, 8);
  blank(one);
  const auto first = claim();
  ASSERT_EQ(first.at(0).message_id, 7);
  EXPECT_EQ(first.at(0).attempts, 1);
  rest(first.at(0), db().now());
  EXPECT_THAT(claimed(), ElementsAre(8)) << "one that is refused again and again holds up no other";
}

TEST_P(PictureMessages, NothingIsTakenAwayWhereSomethingIsToBeTold) {
  const Uuid one = succeeded("t1").id;
  note(one, 7);
  blank(one);
  stores::outbox::Message message;
  message.lane = kChat;
  message.kind = "job_result";
  message.ref = one.to_string();
  message.dedupe_key = "k";
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::outbox::enqueue(u, message); }));
  EXPECT_THAT(claim(), IsEmpty());
  const auto told = ask([](UnitOfWork& u) { return stores::outbox::claim(u, 1, kLease); });
  EXPECT_THAT(claim(), IsEmpty()) << "it is being told";
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::outbox::sent(u, told.at(0), 7); }));
  EXPECT_THAT(claimed(), ElementsAre(7));
}

TEST_P(PictureMessages, MessagesOfAKnownAgeAreFoundTogether) {
  const Uuid one = succeeded("t1").id;
  const TimePoint now = db().now();
  note(one, 7, Kind::result, now - Millis(1'000));
  note(one, 8, Kind::result, now - Millis(9'000));
  note(one, 9);
  note(one, 6, Kind::photo, now);
  blank(one);
  const auto young = [&](std::int64_t limit) {
    return ask([&](UnitOfWork& u) { return blanks::sent_after(u, kChat, now - Millis(5'000), limit); });
  };
  EXPECT_THAT(young(10), ElementsAre(6, 7));
  EXPECT_THAT(young(1), ElementsAre(6));
  ASSERT_TRUE(write([](UnitOfWork& u) { blanks::forget_age(u, kChat, {6}); }));
  EXPECT_THAT(young(10), ElementsAre(7));
  end(kChat, {7, 8});
  EXPECT_EQ(waiting(), 2);
}

TEST_P(PictureMessages, AreFoundByTheirIndexes) {
  for (int i = 0; i < 20; ++i) {
    queued();
  }
  fill(
      "INSERT INTO picture_messages (chat_id, message_id, generation_id, kind, sent_at)"
      " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
      " SELECT r.price, n.i + 1000 * row_number() OVER (), r.id, 'result', r.created_at FROM generation_requests r, n");
  fill(
      "INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)"
      " SELECT message_id % 20, message_id, sent_at, sent_at, sent_at FROM picture_messages");
  analyze();
  const std::string due = plan_of([&](UnitOfWork& u) { run(blanks::next_due(u)); });
  EXPECT_THAT(due, HasSubstr("message_blanks"));
  EXPECT_THAT(due, Not(HasSubstr("Seq Scan on message_blanks")));
  const std::string of = plan_of([&](UnitOfWork& u) { run(messages::of_picture(u, user_.id, 10)); });
  EXPECT_THAT(of, HasSubstr("picture_messages_of"));
}

}  // namespace
}  // namespace aisha
