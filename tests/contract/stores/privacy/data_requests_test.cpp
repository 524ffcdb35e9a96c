// SPDX-License-Identifier: Apache-2.0
#include "stores/privacy/data_requests.hpp"

#include "stores/pictures/file_ids.hpp"
#include "stores/upkeep/leases.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace data_requests = stores::data_requests;
using namespace testing;
using data_requests::Kind;
using data_requests::Request;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class DataRequests : public PlanTest {
 protected:
  data_requests::Wish wish(Kind kind, const domain::User& user) {
    const char* step = kind == Kind::exporting ? "plan" : "mark";
    return {Uuid::v7(db().now(), rng_), user.id, kind, user.telegram_id, "ru", step};
  }

  Result<Request> open(Kind kind) {
    UnitOfWork u(db(), rng_);
    auto opened = run(data_requests::open(u, wish(kind, user_)));
    if (opened) {
      EXPECT_TRUE(commit(u));
    }
    return opened;
  }
  std::optional<Request> find_open() {
    return ask([&](UnitOfWork& u) { return data_requests::find_open(u, user_.id); });
  }
  Request find(Uuid id) {
    return *ask([&](UnitOfWork& u) { return data_requests::find(u, id); });
  }
  std::vector<Request> claim(Kind kind = Kind::exporting) {
    return ask([&](UnitOfWork& u) { return data_requests::claim(u, kind, 9, kLease); });
  }
  std::optional<TimePoint> next_due(Kind kind = Kind::exporting) {
    return ask([&](UnitOfWork& u) { return data_requests::next_due(u, kind); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, DataRequests, ::testing::ValuesIn(engines()), case_name);

TEST_P(DataRequests, Row131TheSameWishTwiceIsOneRequest) {
  const auto first = open(Kind::exporting).value();
  const auto second = open(Kind::exporting).value();
  EXPECT_EQ(second.id, first.id);
  const Request kept = find_open().value();
  EXPECT_EQ(kept.id, first.id);
  EXPECT_EQ(kept.user_id, user_.id);
  EXPECT_EQ(kept.kind, Kind::exporting);
  EXPECT_EQ(kept.chat_id, user_.telegram_id);
  EXPECT_EQ(kept.language, "ru");
  EXPECT_EQ(kept.progress.step, "plan");
  EXPECT_EQ(kept.progress.tally, "{}");
  EXPECT_EQ(kept.created_at, first.created_at);
  EXPECT_FALSE(kept.finished_at);
}

TEST_P(DataRequests, OfTwoWishesAtOnceTheSlowerOneReadsAgain) {
  UnitOfWork slow(db(), rng_);
  ASSERT_TRUE(run(data_requests::open(slow, wish(Kind::exporting, user_))));
  const auto fast = open(Kind::erasing).value();
  EXPECT_EQ(commit(slow).error().code, Errc::conflict);
  EXPECT_EQ(find_open()->id, fast.id);
}

TEST_P(DataRequests, Row132AnErasureEndsTheExportThatIsOpen) {
  const auto archive = open(Kind::exporting).value();
  Request held = claim().at(0);
  const auto erasure = open(Kind::erasing).value();
  EXPECT_EQ(find_open()->id, erasure.id);
  const Request ended = find(archive.id);
  EXPECT_EQ(ended.error_code, "person.erasing");
  EXPECT_TRUE(ended.finished_at);
  EXPECT_FALSE(ended.chat_id) << "nobody is to be told";
  const auto late = write([&](UnitOfWork& u) { data_requests::advance(u, held, kLease); });
  EXPECT_EQ(late.error().code, Errc::conflict);
}

TEST_P(DataRequests, Row133AnExportOfSomebodyWhoIsBeingErasedIsRefused) {
  const auto erasure = open(Kind::erasing).value();
  EXPECT_EQ(open(Kind::exporting).error().code, Errc::person_erasing);
  EXPECT_EQ(open(Kind::erasing).value().id, erasure.id);
  const auto stopped = write([&](UnitOfWork& u) { data_requests::stop(u, erasure, "job.cancelled"); });
  EXPECT_EQ(stopped.error().code, Errc::conflict) << "an erasure is not called off";
  EXPECT_EQ(find_open()->id, erasure.id);
}

TEST_P(DataRequests, AreClaimedByOneUntilTheLeaseIsOver) {
  EXPECT_FALSE(next_due());
  open(Kind::exporting).value();
  EXPECT_EQ(next_due(), clock_.now());
  EXPECT_FALSE(next_due(Kind::erasing));
  EXPECT_THAT(claim(Kind::erasing), IsEmpty());
  const auto taken = claim();
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_EQ(taken.at(0).attempts, 1);
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(next_due(), clock_.now() + kLease);
  clock_.advance(kLease);
  Request next = claim().at(0);
  EXPECT_EQ(next.epoch, taken.at(0).epoch + 1);
  EXPECT_EQ(next.attempts, 2);
  Request stale = taken.at(0);
  const auto late = [&](auto verb) { return write(verb).error().code; };
  EXPECT_EQ(late([&](UnitOfWork& u) { data_requests::advance(u, stale, kLease); }), Errc::conflict);
  EXPECT_EQ(late([&](UnitOfWork& u) { data_requests::rest(u, stale, kLease); }), Errc::conflict);
  EXPECT_EQ(late([&](UnitOfWork& u) { data_requests::put_back(u, stale, kLease); }), Errc::conflict);
  EXPECT_EQ(late([&](UnitOfWork& u) { data_requests::finish(u, stale, ""); }), Errc::conflict);
  EXPECT_TRUE(write([&](UnitOfWork& u) { data_requests::advance(u, next, kLease); }));
}

TEST_P(DataRequests, GetOnStepByStep) {
  const Uuid id = open(Kind::exporting).value().id;
  Request request = claim().at(0);
  const Uuid last = Uuid::v7(db().now(), rng_);
  request.progress = {"part", last, 2, 14, R"({"missing":3})"};
  ASSERT_TRUE(write([&](UnitOfWork& u) { data_requests::advance(u, request, kLease); }));
  EXPECT_THAT(claim(), IsEmpty()) << "it is held on";
  const Request moved = find(id);
  EXPECT_EQ(moved.progress.step, "part");
  EXPECT_EQ(moved.progress.behind, last);
  EXPECT_EQ(moved.progress.part, 2);
  EXPECT_EQ(moved.progress.parts, 14);
  EXPECT_EQ(moved.progress.tally, R"({"missing":3})");
  EXPECT_EQ(moved.attempts, 0);
  request.progress.behind = std::nullopt;
  ASSERT_TRUE(write([&](UnitOfWork& u) { data_requests::rest(u, request, Millis(2'000)); }));
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(next_due(), clock_.now() + Millis(2'000));
  clock_.advance(Millis(2'000));
  request = claim().at(0);
  EXPECT_FALSE(request.progress.behind);
  EXPECT_EQ(request.attempts, 1);
  ASSERT_TRUE(write([&](UnitOfWork& u) { data_requests::put_back(u, request, Millis(500)); }));
  clock_.advance(Millis(500));
  request = claim().at(0);
  EXPECT_EQ(request.attempts, 2) << "it has not got on since";
}

TEST_P(DataRequests, AFinishedOneNamesNoChatAndLeavesRoomForTheNext) {
  for (const Kind kind : {Kind::exporting, Kind::erasing}) {
    const Uuid id = open(kind).value().id;
    Request request = claim(kind).at(0);
    request.progress.tally = R"({"pictures":7})";
    ASSERT_TRUE(write([&](UnitOfWork& u) { data_requests::finish(u, request, ""); }));
    const Request done = find(id);
    EXPECT_EQ(done.finished_at, clock_.now());
    EXPECT_FALSE(done.chat_id);
    EXPECT_EQ(done.error_code, "");
    EXPECT_EQ(done.progress.tally, R"({"pictures":7})");
    EXPECT_FALSE(find_open());
    EXPECT_FALSE(next_due(kind));
  }
  open(Kind::exporting).value();
  EXPECT_TRUE(find_open());
}

TEST_P(DataRequests, WhatIsUploadedLateOfWhoIsBeingErasedOrWasIsNotKept) {
  namespace file_ids = stores::file_ids;
  const Uuid other = make_user(2002, 0).id;
  const auto put = [&](const char* key, std::optional<Uuid> owner) {
    EXPECT_TRUE(write([&](UnitOfWork& u) { file_ids::put(u, 7, key, "file", {owner, "picture"}); })) << key;
  };
  const auto known = [&](const char* key) {
    return !ask([&](UnitOfWork& u) { return file_ids::find(u, 7, {key}); }).empty();
  };
  open(Kind::exporting).value();
  put("shared/1", user_.id);
  EXPECT_TRUE(known("shared/1"));
  open(Kind::erasing).value();
  put("shared/2", user_.id);
  EXPECT_FALSE(known("shared/2"));
  Request request = claim(Kind::erasing).at(0);
  ASSERT_TRUE(write([&](UnitOfWork& u) { data_requests::finish(u, request, ""); }));
  put("shared/3", user_.id);
  EXPECT_FALSE(known("shared/3"));
  put("shared/4", other);
  put("menu", std::nullopt);
  EXPECT_TRUE(known("shared/4") && known("menu"));
}

TEST_P(DataRequests, AStoppedOneIsTakenFromWhoHeldIt) {
  const Uuid id = open(Kind::exporting).value().id;
  Request held = claim().at(0);
  ASSERT_TRUE(write([&](UnitOfWork& u) { data_requests::stop(u, held, "job.cancelled"); }));
  const auto late = write([&](UnitOfWork& u) { data_requests::finish(u, held, ""); });
  EXPECT_EQ(late.error().code, Errc::conflict);
  EXPECT_EQ(find(id).error_code, "job.cancelled");
  const auto again = write([&](UnitOfWork& u) { data_requests::stop(u, held, "job.cancelled"); });
  EXPECT_EQ(again.error().code, Errc::conflict);
}

TEST_P(DataRequests, WhatADeadProcessHeldIsFreeForTheNextAtOnce) {
  open(Kind::exporting).value();
  ASSERT_THAT(claim(), SizeIs(1));
  ASSERT_TRUE(write([](UnitOfWork& u) { stores::leases::end_all(u); }));
  Request request = claim().at(0);
  ASSERT_TRUE(write([&](UnitOfWork& u) { data_requests::rest(u, request, Millis(5'000)); }));
  ASSERT_TRUE(write([](UnitOfWork& u) { stores::leases::end_all(u); }));
  EXPECT_THAT(claim(), IsEmpty()) << "one that waits for its time goes on waiting";
}

TEST_P(DataRequests, TheDatabaseItselfAllowsOneAPersonAndNoChatOfAnErasedOne) {
  open(Kind::erasing).value();
  EXPECT_THROW(fill("INSERT INTO data_requests (id, user_id, kind, language, step, next_at, created_at)"
                    " VALUES ($1, $2, 'export', 'ru', 'plan', $3, $3)",
                    Uuid::v7(db().now(), rng_), user_.id, db().now()),
               sql::ConstraintViolation);
  EXPECT_THROW(fill("UPDATE data_requests SET finished_at = $1", db().now()), sql::ConstraintViolation);
}

TEST_P(DataRequests, AreFoundByIndex) {
  fill(with_ids("INSERT INTO data_requests (id, user_id, kind, language, step, next_at, created_at, finished_at)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                " SELECT randomblob(16), $1, 'export', 'ru', 'plan', $2, $2, $2 FROM n"),
       user_.id, db().now());
  fill(
      with_ids("INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked,"
               " created_at, updated_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
               " SELECT randomblob(16), 'many' || i, 'N', 'ru', false, false, false, $1, $1 FROM n"),
      db().now());
  fill(with_ids("INSERT INTO data_requests (id, user_id, kind, language, step, next_at, created_at)"
                " SELECT randomblob(16), id, 'export', 'ru', 'plan', $1, $1 FROM users"),
       db().now());
  analyze();
  const auto expect_index = [](const std::string& plan, const char* index) {
    EXPECT_THAT(plan, HasSubstr(index));
    EXPECT_THAT(plan, Not(ContainsRegex("Seq Scan|SCAN data_requests($|\n)")));
  };
  expect_index(plan_of([&](UnitOfWork& u) { run(data_requests::find_open(u, user_.id)); }), "data_request_open");
  expect_index(plan_of([&](UnitOfWork& u) { run(data_requests::next_due(u, Kind::exporting)); }), "data_request_due");
  const auto claiming = [&](UnitOfWork& u) { run(data_requests::claim(u, Kind::exporting, 9, kLease)); };
  EXPECT_THAT(plan_of(claiming), HasSubstr("data_request_due"));
}

}  // namespace
}  // namespace aisha
