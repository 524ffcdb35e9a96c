// SPDX-License-Identifier: Apache-2.0
#include "stores/people/appeals.hpp"

#include "stores/pictures/picture_texts.hpp"
#include "stores/privacy/erasure_person.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace appeals = stores::appeals;
namespace erasure = stores::erasure;
using namespace testing;
using appeals::Appeal;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AppealRows : public StoreTest {
 protected:
  Appeal about(const domain::User& user, std::string prompt) {
    Appeal out;
    out.id = Uuid::v7(db().now(), rng_);
    out.user_id = user.id;
    out.chat_id = user.telegram_id;
    out.prompt = std::move(prompt);
    out.category = "violence";
    return out;
  }
  Uuid add(const domain::User& user, std::string prompt) {
    const Appeal appeal = about(user, std::move(prompt));
    EXPECT_TRUE(write([&](UnitOfWork& u) { appeals::add(u, appeal); }));
    clock_.advance(Millis(1));
    return appeal.id;
  }
  Result<void> decide(const Uuid& id, appeals::State state) {
    return write([&](UnitOfWork& u) { appeals::decide(u, id, state); });
  }
  bool is_allowed(const std::string& prompt) {
    return ask([&](UnitOfWork& u) { return appeals::is_allowed(u, appeals::hash_of(prompt)); });
  }
  std::optional<Appeal> find(const Uuid& id) {
    return ask([&](UnitOfWork& u) { return appeals::find(u, id); });
  }
  std::vector<std::string> waiting_prompts() {
    std::vector<std::string> out;
    for (const Appeal& appeal : ask([](UnitOfWork& u) { return appeals::open(u, 9); })) {
      out.push_back(appeal.prompt);
    }
    return out;
  }
  template <class... Values>
  void change(sql::Text text, const Values&... values) {
    run(db().write({{sql::Statement(text, values...), std::nullopt}})).value();
  }
  std::int64_t erased(erasure::Own kind) {
    return ask([&](UnitOfWork& u) { return erasure::delete_some(u, kind, user_.id, 9); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, AppealRows, ::testing::ValuesIn(engines()), case_name);

TEST_P(AppealRows, WaitInTheirOrderUntilTheyAreAnswered) {
  const auto other = make_user(2002, 10);
  const Uuid first = add(user_, "первое");
  const Uuid second = add(other, "второе");
  EXPECT_THAT(waiting_prompts(), ElementsAre("первое", "второе"));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return appeals::waiting(u, user_.id); }), 1);
  ASSERT_TRUE(decide(first, appeals::State::allowed));
  ASSERT_TRUE(decide(second, appeals::State::rejected));
  EXPECT_THAT(waiting_prompts(), IsEmpty());
  EXPECT_EQ(find(first)->state, appeals::State::allowed);
  EXPECT_EQ(find(second)->state, appeals::State::rejected);
  EXPECT_TRUE(find(second)->decided_at);
  EXPECT_EQ(decide(first, appeals::State::rejected).error().code, Errc::conflict) << "answered once";
  EXPECT_EQ(find(first)->state, appeals::State::allowed);
}

TEST_P(AppealRows, AreOneAPersonAndText) {
  const auto other = make_user(2002, 10);
  add(user_, "слова");
  EXPECT_EQ(write([&](UnitOfWork& u) { appeals::add(u, about(user_, "слова")); }).error().code, Errc::conflict);
  add(other, "слова");
  add(user_, "слова!");
  const auto own = ask([&](UnitOfWork& u) { return appeals::own(u, user_.id, appeals::hash_of("слова")); });
  EXPECT_EQ(own->user_id, user_.id);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return appeals::own(u, other.id, appeals::hash_of("слова!")); }));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return appeals::all_of(u, user_.id); }).size(), 2U);
}

TEST_P(AppealRows, WhatIsAllowedPassesForEverybodyByItsVeryWords) {
  const Uuid id = add(user_, "слова");
  EXPECT_FALSE(is_allowed("слова"));
  ASSERT_TRUE(decide(id, appeals::State::allowed));
  EXPECT_TRUE(is_allowed("слова"));
  EXPECT_FALSE(is_allowed("Слова"));
  const std::string mark = appeals::hash_of("слова").substr(0, 6);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return appeals::own_allowed(u, user_.id, mark); })->prompt, "слова");
  const auto other = make_user(2002, 10);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return appeals::own_allowed(u, other.id, mark); }));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return appeals::own_allowed(u, user_.id, "zzzzzz"); }));
}

TEST_P(AppealRows, OfAnErasedPersonTheHashOfWhatIsAllowedStaysAlone) {
  const Uuid allowed = add(user_, "разрешённое");
  const Uuid open = add(user_, "открытое");
  const Uuid rejected = add(user_, "запрещённое");
  ASSERT_TRUE(decide(allowed, appeals::State::allowed));
  ASSERT_TRUE(decide(rejected, appeals::State::rejected));
  EXPECT_EQ(erased(erasure::Own::appeals), 2);
  EXPECT_EQ(erased(erasure::Own::allowed_appeals), 1);
  EXPECT_EQ(erased(erasure::Own::appeals), 0);
  EXPECT_EQ(erased(erasure::Own::allowed_appeals), 0);
  EXPECT_FALSE(find(open));
  EXPECT_FALSE(find(rejected));
  EXPECT_TRUE(is_allowed("разрешённое"));
  const auto left = find(allowed);
  EXPECT_FALSE(left->user_id);
  EXPECT_FALSE(left->chat_id);
  EXPECT_EQ(left->prompt, "");
  EXPECT_THAT(ask([&](UnitOfWork& u) { return appeals::all_of(u, user_.id); }), IsEmpty());
}

TEST_P(AppealRows, TheEngineRefusesStatesThatAreNone) {
  const Uuid id = add(user_, "слова");
  EXPECT_THROW(change("UPDATE moderation_appeals SET state = 'allowed'"), sql::ConstraintViolation) << "without a time";
  EXPECT_THROW(change("UPDATE moderation_appeals SET user_id = NULL, chat_id = NULL"), sql::ConstraintViolation);
  EXPECT_THROW(change("UPDATE moderation_appeals SET chat_id = NULL"), sql::ConstraintViolation);
  EXPECT_EQ(find(id)->state, appeals::State::open);
}

TEST_P(AppealRows, TheNewestOwnPromptsAreThoseOfLivePictures) {
  const auto own = [&](std::string prompt) {
    const Job job = succeeded("own " + prompt);
    change("UPDATE generation_requests SET template_id = NULL, custom_prompt = $2 WHERE id = $1", job.id, prompt);
    clock_.advance(Millis(1));
    return job.id;
  };
  const auto newest = [&](std::int64_t limit) {
    std::vector<std::string> out;
    for (const auto& one :
         ask([&](UnitOfWork& u) { return stores::picture_texts::newest_prompts(u, user_.id, limit); })) {
      out.push_back(one.prompt);
    }
    return out;
  };
  own("первое");
  const Uuid gone = own("второе");
  own("третье");
  succeeded("a style");
  EXPECT_THAT(newest(9), ElementsAre("третье", "второе", "первое"));
  EXPECT_THAT(newest(1), ElementsAre("третье"));
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::soft_delete(u, gone, user_.id); }));
  EXPECT_THAT(newest(9), ElementsAre("третье", "первое"));
}

}  // namespace
}  // namespace aisha
