// SPDX-License-Identifier: Apache-2.0
#include "stores/people/erased_people.hpp"
#include "stores/pictures/file_ids.hpp"
#include "stores/pictures/picture_messages.hpp"
#include "stores/pictures/saved_images.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/privacy/erasure_person.hpp"
#include "stores/privacy/erasure_pictures.hpp"
#include "stores/privacy/erasure_queues.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace erasure = stores::erasure;
using namespace testing;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Erasure : public PlanTest {
 protected:
  std::int64_t count(std::string query) { return number(sql::Statement(with_ids(std::move(query)))); }
  std::int64_t count_of(std::string query, const Uuid& person) {
    return number(sql::Statement(with_ids(std::move(query)), person));
  }

  /// Ready pictures of the person, written past their jobs, with a message and a key each.
  void fill_gallery(const domain::User& user, int pictures) {
    const auto many = static_cast<std::int64_t>(pictures);
    fill(with_ids("INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day,"
                  " is_imported, status, created_at, finished_at)"
                  " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $3)"
                  " SELECT randomblob(16), $1, 'noir', 'p', 'm', 0, $4, '2026-01-1' || (i % 10), true, 'ready', $2, $2"
                  " FROM n"),
         user.id, db().now(), many, user.telegram_id);
    fill(
        "INSERT INTO picture_messages (chat_id, message_id, generation_id, kind, sent_at)"
        " SELECT $2, row_number() OVER (ORDER BY id), id, 'result', $3 FROM generation_requests WHERE user_id = $1",
        user.id, user.telegram_id, db().now());
    fill(
        "INSERT INTO user_days (user_id, local_day, style, pictures, made)"
        " SELECT user_id, local_day, 'noir', count(*), count(*) FROM generation_requests WHERE user_id = $1"
        " GROUP BY user_id, local_day",
        user.id);
  }

  /// As the service does it, until nothing is left.
  int erase_rows(const domain::User& user) {
    int steps = 0;
    for (;;) {
      UnitOfWork u(db(), rng_);
      const auto last = run(erasure::next_rows(u, user.id));
      if (!last) {
        return steps;
      }
      erasure::delete_rows(u, user.id, *last);
      EXPECT_TRUE(commit(u));
      ++steps;
    }
  }
  std::int64_t delete_some(erasure::Own kind, const domain::User& user, std::int64_t limit = 500) {
    return ask([&](UnitOfWork& u) { return erasure::delete_some(u, kind, user.id, limit); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Erasure, ::testing::ValuesIn(engines()), case_name);

TEST_P(Erasure, OpenOrdersAreAskedToStopAndWaitedFor) {
  const Job job = queued();
  EXPECT_EQ(ask([&](UnitOfWork& u) { return erasure::count_open(u, user_.id); }), 1);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return erasure::next_rows(u, user_.id); })) << "it has not ended";
  for (int again = 0; again < 2; ++again) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { erasure::cancel_open(u, user_.id); }));
  }
  EXPECT_TRUE(load(job.id).cancel_requested);
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return erasure::has_requests(u, user_.id); }));
}

TEST_P(Erasure, AJobGoesWithItsKeyItsEventAndEverythingThatPointsAtIt) {
  const Job job = succeeded("one");
  const auto other = make_user(2002, 10);
  const auto put = [&](const char* text) { fill(with_ids(text), job.id, user_.id); };
  put("INSERT INTO user_saved_images (id, user_id, generation_request_id, is_saved, saved_at)"
      " SELECT randomblob(16), $2, $1, true, created_at FROM generation_requests WHERE id = $1");
  put("INSERT INTO picture_texts (user_id, generation_id, words) VALUES ($2, $1, ' noir ')");
  put("INSERT INTO albums (id, user_id, name, cover_id, created_at)"
      " SELECT id, $2, 'summer', $1, created_at FROM generation_requests WHERE id = $1");
  put("INSERT INTO album_pictures (album_id, generation_id, added_at)"
      " SELECT $1, $1, created_at FROM generation_requests WHERE user_id = $2");
  put("INSERT INTO picture_tags (user_id, tag, generation_id) VALUES ($2, 'sea', $1)");
  put("INSERT INTO share_links (token, generation_id, user_id, created_at, expires_at, revoked_at)"
      " SELECT 'tokentokentokentoken22', $1, $2, created_at, created_at, created_at FROM generation_requests");
  put("INSERT INTO unread_pictures (generation_id) SELECT $1 FROM users WHERE id = $2");
  put("UPDATE jobs SET status_message_id = 77 WHERE id = $1 AND user_id = $2");
  Picture varied = draft(other);
  varied.parent_id = job.id;
  ASSERT_TRUE(write([&](UnitOfWork& u) { ask_for(u, varied, "app:other"); }));
  const std::int64_t spent = count("SELECT count(*) FROM ledger_transfer");

  EXPECT_EQ(delete_some(erasure::Own::days, user_), 1);
  EXPECT_EQ(erase_rows(user_), 1);
  for (const char* table : {"jobs", "generation_requests", "user_days"}) {
    EXPECT_EQ(count_of("SELECT count(*) FROM " + std::string(table) + " WHERE user_id = $1", user_.id), 0) << table;
  }
  for (const char* table : {"user_saved_images", "picture_texts", "unread_pictures", "album_pictures", "picture_tags",
                            "share_links", "provider_event", "picture_messages"}) {
    EXPECT_EQ(count("SELECT count(*) FROM " + std::string(table)), 0) << table;
  }
  EXPECT_EQ(count("SELECT count(*) FROM request_keys"), 1) << "the other person's";
  EXPECT_EQ(count("SELECT count(*) FROM provider_attempt"), 1) << "what was paid for stays";
  EXPECT_EQ(count("SELECT count(*) FROM ledger_transfer"), spent);
  EXPECT_EQ(count("SELECT count(*) FROM albums WHERE cover_id IS NOT NULL"), 0);
  EXPECT_FALSE(request(varied.id).parent_id);
  EXPECT_EQ(count("SELECT count(*) FROM message_blanks WHERE message_id = 77"), 1) << "it told how it was made";
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return erasure::has_requests(u, user_.id); }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Erasure, WhatTheProviderSaysAfterwardsIsNotKept) {
  const Job job = running("one");
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, job, JobState::cancelled, Errc::job_cancelled); }));
  EXPECT_EQ(erase_rows(user_), 1);
  EXPECT_EQ(happen(success("one")).effect, stores::provider_events::Effect::surplus);
  EXPECT_EQ(count("SELECT count(*) FROM provider_event WHERE body = '' AND state = 'done'"), 1);
}

TEST_P(Erasure, RowsGoInStepsAndOnlyThePersons) {
  const auto other = make_user(2002, 10);
  fill_gallery(user_, 1'201);
  fill_gallery(other, 30);
  EXPECT_EQ(delete_some(erasure::Own::days, user_), 10);
  EXPECT_EQ(erase_rows(user_), 3);
  EXPECT_EQ(erase_rows(user_), 0) << "again it does nothing";
  EXPECT_EQ(count_of("SELECT count(*) FROM generation_requests WHERE user_id = $1", user_.id), 0);
  EXPECT_EQ(count_of("SELECT count(*) FROM generation_requests WHERE user_id = $1", other.id), 30);
  EXPECT_EQ(count_of("SELECT count(*) FROM user_days WHERE user_id = $1", other.id), 10);
  EXPECT_EQ(count("SELECT count(*) FROM message_blanks WHERE chat_id = 1001"), 1'201);
  EXPECT_EQ(count("SELECT count(*) FROM picture_messages WHERE chat_id = 2002"), 30);
  EXPECT_EQ(count("SELECT count(*) FROM message_blanks WHERE chat_id = 2002"), 0);
}

TEST_P(Erasure, RemainsAndProviderRequestsAreReadInTheOrderOfTheirIds) {
  const Job job = succeeded("one");
  fill_gallery(user_, 5);
  std::vector<Uuid> seen;
  Uuid after;
  for (;;) {
    const auto page = ask([&](UnitOfWork& u) { return erasure::remains_after(u, user_.id, after, 2); });
    if (page.empty()) {
      break;
    }
    for (const auto& one : page) {
      seen.push_back(one.id);
      EXPECT_TRUE(one.is_ready);
      EXPECT_EQ(one.object_key.empty(), one.id != job.id);
    }
    after = page.back().id;
  }
  EXPECT_THAT(seen, SizeIs(6));
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  Uuid last;
  last.bytes.fill(0xFF);
  const auto requests = [&](TimePoint since) {
    return ask([&](UnitOfWork& u) { return erasure::provider_requests(u, user_.id, Uuid(), last, since); });
  };
  EXPECT_THAT(requests(TimePoint{}), ElementsAre("req-one"));
  EXPECT_THAT(requests(db().now() + Millis(1)), IsEmpty()) << "too old";
}

TEST_P(Erasure, WhatElseIsTheirsGoesSomeAtATime) {
  const auto other = make_user(2002, 10);
  for (const auto& user : {user_, other}) {
    for (int i = 0; i < 3; ++i) {
      const std::string key = "result/" + std::to_string(i) + user.id.to_string();
      const stores::file_ids::Belonging theirs{user.id, "picture"};
      ASSERT_TRUE(write([&](UnitOfWork& u) { stores::file_ids::put(u, 7, key, "file", theirs); }));
    }
  }
  EXPECT_EQ(delete_some(erasure::Own::file_ids, user_, 2), 2);
  EXPECT_EQ(delete_some(erasure::Own::file_ids, user_, 2), 1);
  EXPECT_EQ(delete_some(erasure::Own::file_ids, user_, 2), 0);
  EXPECT_EQ(count("SELECT count(*) FROM file_ids"), 3);
  for (int kind = 0; kind < erasure::kOwnKinds; ++kind) {
    EXPECT_EQ(delete_some(static_cast<erasure::Own>(kind), user_), 0);
  }
}

TEST_P(Erasure, APersonAndTheirAvatarsAreEmptiedAndTheirTelegramIdIsFree) {
  domain::Avatar avatar;
  avatar.id = Uuid::v7(db().now(), rng_);
  avatar.user_id = user_.id;
  avatar.name = "Канарейка";
  avatar.gender = "female";
  avatar.status = domain::AvatarStatus::completed;
  avatar.lora_url = "https://example.org/lora";
  avatar.trigger_word = "CANARY";
  avatar.photo = "faces/canary.jpg";
  const auto columns = ask([](UnitOfWork& u) { return stores::avatars::columns(u); });
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::add(u, avatar, columns); }));
  EXPECT_FALSE(ask([](UnitOfWork& u) { return erasure::is_shared(u); }));
  EXPECT_THAT(ask([&](UnitOfWork& u) { return erasure::avatar_objects(u, user_.id); }),
              ElementsAre("faces/canary.jpg"));
  const auto person = ask([&](UnitOfWork& u) { return erasure::find_person(u, user_.id); });
  EXPECT_EQ(person->telegram_id, 1001);
  EXPECT_THAT(person->chats, ElementsAre(1001));
  EXPECT_EQ(ask([](UnitOfWork& u) { return erasure::find_by_telegram_id(u, 1001); }), user_.id);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return erasure::counts_of(u, user_.id); }).coins, 100);

  EXPECT_EQ(delete_some(erasure::Own::faces, user_), 1);
  for (int again = 0; again < 2; ++again) {
    ASSERT_TRUE(write([&](UnitOfWork& u) {
      erasure::blank_avatars(u, user_.id, columns);
      erasure::delete_chats(u, user_.id);
      erasure::blank_person(u, user_.id);
      stores::erased_people::add(u, "hash");
    }));
  }
  EXPECT_EQ(count("SELECT count(*) FROM avatars WHERE name <> '' OR trigger_word <> ''"
                  " OR diffusers_lora_file_url IS NOT NULL"),
            0);
  EXPECT_EQ(count("SELECT count(*) FROM users WHERE first_name <> '' OR last_name IS NOT NULL OR timezone IS NOT NULL"),
            0);
  EXPECT_EQ(count("SELECT count(*) FROM chats"), 0);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return erasure::find_person(u, user_.id); })->telegram_id, 0);
  EXPECT_FALSE(ask([](UnitOfWork& u) { return erasure::find_by_telegram_id(u, 1001); }));
  EXPECT_TRUE(ask([](UnitOfWork& u) { return stores::erased_people::has(u, "hash"); }));
  EXPECT_FALSE(ask([](UnitOfWork& u) { return stores::erased_people::has(u, "another"); }));
  EXPECT_NE(make_user(1001, 0).id, user_.id) << "who comes again is somebody new";
}

TEST_P(Erasure, UpdatesGoByLaneAndByWhoeverIsNamedInThem) {
  const auto put = [&](std::int64_t id, std::int64_t lane, const char* body, const char* state) {
    fill(
        "INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, received_at) VALUES ($1, $2, $3, 'message',"
        " $4, $5, $6)",
        std::int64_t{7}, id, lane, body, state, db().now());
  };
  put(1, 1001, "{}", "done");
  put(2, -500, R"({"message":{"from":{"id":1001,"first_name":"Канарейка"}}})", "done");
  put(3, 1001, "{}", "new");
  put(4, 10011, R"({"message":{"from":{"id":10011,"x":1}}})", "done");
  put(5, (std::int64_t{1} << 60) + 1001, "{}", "done");
  put(6, 0, R"({"from":{"id":1001}})", "poison");
  erasure::UpdatePlace place;
  int pages = 0;
  for (bool ends = false; !ends; ++pages) {
    const auto page = ask([&](UnitOfWork& u) { return erasure::delete_updates(u, 1001, place, 2); });
    place = page.last;
    ends = page.ends;
  }
  EXPECT_EQ(pages, 4);
  EXPECT_EQ(count("SELECT count(*) FROM inbox"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM inbox WHERE update_id IN (3, 4)"), 2);
}

TEST_P(Erasure, TheLastWordIsToldWithoutAChatAndLeavesNothing) {
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::outbox::enqueue(u, {.lane = 1001, .kind = "original", .ref = "x", .detail = "", .dedupe_key = "a"});
    stores::outbox::enqueue(u, {.lane = 1001, .kind = "original", .ref = "x", .detail = "", .dedupe_key = "b"});
  }));
  const auto taken = ask([](UnitOfWork& u) { return stores::outbox::claim(u, 9, kLease); });
  ASSERT_THAT(taken, SizeIs(1));
  const auto delete_messages = [&] { return ask([](UnitOfWork& u) { return erasure::delete_messages(u, 1001, 9); }); };
  EXPECT_EQ(delete_messages(), 1) << "what is being told stays";
  EXPECT_TRUE(ask([](UnitOfWork& u) { return erasure::is_telling(u, 1001); }));
  clock_.advance(kLease + Millis(1));
  EXPECT_EQ(delete_messages(), 1) << "whoever told it is gone";
  EXPECT_FALSE(ask([](UnitOfWork& u) { return erasure::is_telling(u, 1001); }));

  ASSERT_TRUE(write([&](UnitOfWork& u) {
    erasure::drop_messages(u, 1001);
    erasure::delete_chats(u, user_.id);
    erasure::blank_person(u, user_.id);
    stores::outbox::enqueue_farewell(
        u, {.lane = 1001, .kind = "personal_note", .ref = "y", .detail = "", .dedupe_key = "c"});
  }));
  make_user(1001, 0);
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::outbox::enqueue(u, {.lane = 1001, .kind = "original", .ref = "new", .detail = "", .dedupe_key = "d"});
  }));
  const auto first = ask([](UnitOfWork& u) { return stores::outbox::claim(u, 9, kLease); });
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first.at(0).ref, "y");
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::outbox::sent(u, first.at(0), 5); }));
  EXPECT_EQ(count("SELECT count(*) FROM outbox WHERE ref = 'y'"), 0);
  const auto second = ask([](UnitOfWork& u) { return stores::outbox::claim(u, 9, kLease); });
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second.at(0).ref, "new");
}

TEST_P(Erasure, AFarewellThatCannotBeToldLeavesNothingEither) {
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::outbox::enqueue_farewell(
        u, {.lane = 1001, .kind = "personal_note", .ref = "y", .detail = "", .dedupe_key = "c"});
  }));
  const auto taken = ask([](UnitOfWork& u) { return stores::outbox::claim(u, 9, kLease); });
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::outbox::park(u, taken.at(0), "blocked"); }));
  EXPECT_EQ(count("SELECT count(*) FROM outbox"), 0);
}

TEST_P(Erasure, CardsThatShowSomethingOfTheirsLoseIt) {
  const auto show = [&](const char* key, std::int64_t message) {
    fill("UPDATE chats SET card_message_id = $3, photo_key = $2 WHERE user_id = $1", user_.id, key, message);
  };
  const auto blank = [&] { ASSERT_TRUE(write([&](UnitOfWork& u) { erasure::blank_cards(u, user_.id); })); };
  show("preview/noir", 5);
  blank();
  EXPECT_EQ(count("SELECT count(*) FROM message_blanks"), 0);
  std::int64_t blanked = 0;
  for (const char* key : {"result/0", "own/0", "faces/0", "chart/0"}) {
    show(key, 10 + blanked);
    blank();
    EXPECT_EQ(count("SELECT count(*) FROM message_blanks"), ++blanked) << key;
  }
  EXPECT_EQ(count("SELECT count(*) FROM chats WHERE card_message_id = 0"), 1);
  const stores::file_ids::Belonging theirs{user_.id, "list"};
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::file_ids::put(u, 7, "shared/1", "file", theirs); }));
  show("shared/1", 7);
  blank();
  EXPECT_EQ(count("SELECT count(*) FROM message_blanks WHERE message_id = 7"), 1);
}

TEST_P(Erasure, I17WhatIsLeftOfAnErasedPersonIsFoundAndSoIsAnErasureThatTakesLong) {
  ASSERT_TRUE(write([&](UnitOfWork& u) { erasure::blank_person(u, user_.id); }));
  const std::string person = "I17 erased person " + user_.id.to_string();
  EXPECT_THAT(broken_invariants(), ElementsAre(person + ": chats are left"));
  const stores::file_ids::Belonging theirs{user_.id, "list"};
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    erasure::delete_chats(u, user_.id);
    stores::file_ids::put(u, 7, "own/1/abc", "file", theirs);
  }));
  EXPECT_THAT(broken_invariants(), ElementsAre(person + ": file ids are left"));
  EXPECT_EQ(delete_some(erasure::Own::file_ids, user_), 1);
  EXPECT_THAT(broken_invariants(), IsEmpty());

  const auto other = make_user(2002, 10);
  namespace data_requests = stores::data_requests;
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    data_requests::Wish wish{u.new_id(), other.id, data_requests::Kind::erasing, 2002, "ru", "mark"};
    run(data_requests::open(u, std::move(wish))).value();
  }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return data_requests::was_erasing(u, other.id); }));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return data_requests::was_erasing(u, user_.id); }));
  clock_.advance(std::chrono::hours(1) + Millis(1));
  EXPECT_THAT(broken_invariants(), ElementsAre(::testing::StartsWith("I17 erasure ")));
}

TEST_P(Erasure, StepsAreFoundByIndex) {
  std::vector<domain::User> people{user_};
  for (int i = 0; i < 20; ++i) {
    people.push_back(make_user(3'000 + i, 1));
  }
  for (const auto& user : people) {
    fill_gallery(user, 300);
  }
  analyze();
  // Of tables with so few rows PostgreSQL rather reads all.
  const auto scans =
      ContainsRegex("Seq Scan on generation_requests|SCAN (r|m|j|jobs|generation_requests|picture_messages)\\b");
  Uuid last;
  last.bytes.fill(0xFF);
  const auto probe = [&](auto verb, std::size_t which = 0) { return plan_of(verb, which); };
  EXPECT_THAT(probe([&](UnitOfWork& u) { run(erasure::count_open(u, user_.id)); }), HasSubstr("generation_open"));
  EXPECT_THAT(probe([&](UnitOfWork& u) { run(erasure::next_rows(u, user_.id)); }), HasSubstr("generation_by_person"));
  EXPECT_THAT(probe([&](UnitOfWork& u) { run(erasure::remains_after(u, user_.id, Uuid(), 200)); }),
              HasSubstr("generation_by_person"));
  const std::string asked =
      probe([&](UnitOfWork& u) { run(erasure::provider_requests(u, user_.id, Uuid(), last, TimePoint{})); });
  EXPECT_THAT(asked, HasSubstr("generation_by_person"));
  const auto rows = [&](UnitOfWork& u) {
    erasure::delete_rows(u, user_.id, last);
    run(u.commit()).value();
  };
  constexpr std::size_t kStatements = 16;
  for (std::size_t i = 0; i < kStatements; ++i) {
    EXPECT_THAT(probe(rows, i), AllOf(HasSubstr("generation_by_person"), Not(scans))) << i;
  }
}

TEST_P(Erasure, FiveHundredRowsTakeMoments) {
  for (int i = 0; i < 5; ++i) {
    fill_gallery(make_user(4'000 + i, 1), 2'000);
  }
  fill_gallery(user_, 1'000);
  analyze();
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(erase_rows(user_), 2);
  const auto took = std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - begun);
  fmt::print("{} ms for 1,000 pictures, in two transactions\n", took.count());
  EXPECT_LT(took.count(), 2'000) << "2 transactions of 500 rows";
}

}  // namespace
}  // namespace aisha
