// SPDX-License-Identifier: Apache-2.0
// How the engines find what has had its time, the usual times and the pages of the audit in tables that have grown.
#include "stores/upkeep/audit.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace audit = stores::audit;
using stores::UnitOfWork;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PlanTest;

/// 30,000 requests of 3,000 people and as many of everything that hangs on one; a few of them are in the trash, a
/// hundred jobs are open.
constexpr const char* kNumbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) ";
constexpr const char* kRequests =
    "INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id, local_day, status, bucket,"
    " object_key, width, height, bytes, sha256, content_type, created_at, finished_at, deleted_at)"
    " SELECT randomblob(16), $1, $2, 'm', 0, i, '2026-01-15', 'ready', 'b', 'k' || i, 1, 1, 1, $3, 'image/jpeg', $4,"
    " $4, CASE WHEN i % 100 = 0 THEN $4 END FROM n";
constexpr const char* kJobs =
    "INSERT INTO jobs (id, kind, user_id, chat_id, trace, model, input, price, status, prev_status, max_attempts,"
    " next_at, deadline_at, result, created_at, updated_at, finished_at)"
    " SELECT id, 'picture', user_id, chat_id, id, 'm' || chat_id % 5, $1, 0,"
    " CASE WHEN chat_id <= 100 THEN 'queued' ELSE 'succeeded' END, CASE WHEN chat_id <= 100 THEN 'new' ELSE 'storing' "
    "END,"
    " 3, $2, $2, '', $2, $2, CASE WHEN chat_id > 100 THEN $2 END FROM generation_requests";
constexpr const char* kKeys =
    "INSERT INTO request_keys (request_key, request_id, created_at) SELECT 'key' || chat_id, id, created_at"
    " FROM generation_requests";
constexpr const char* kAttempts =
    "INSERT INTO provider_attempt (id, job_id, attempt_no, token, request_id, state, created_at, updated_at)"
    " SELECT randomblob(16), id, 1, 'token' || chat_id, 'request' || chat_id, 'ok', created_at, created_at"
    " FROM generation_requests";
constexpr const char* kPeople =
    "INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked, created_at,"
    " updated_at) SELECT randomblob(16), 'p' || i, 'Ann', 'en', false, false, false, $1, $1 FROM n WHERE i <= 3000";
constexpr const char* kAccounts =
    "INSERT INTO ledger_account (id, user_id, kind, balance) SELECT randomblob(16), id, $1, 0 FROM users"
    " WHERE telegram_id LIKE 'p%'";
constexpr const char* kHolds =
    "INSERT INTO ledger_transfer (id, idem_key, kind, from_id, to_id, amount, job_id, created_at)"
    " SELECT randomblob(16), 'hold' || r.chat_id, 'hold', a.id, h.id, 5, r.id, r.created_at FROM generation_requests r"
    " JOIN users u ON u.telegram_id = 'p' || (r.chat_id % 3000 + 1)"
    " JOIN ledger_account a ON a.user_id = u.id AND a.kind = 'available'"
    " JOIN ledger_account h ON h.user_id = u.id AND h.kind = 'held'";
constexpr const char* kEvents =
    "INSERT INTO provider_event (request_id, ok, body, code, retryable, received_at, state)"
    " SELECT 'request' || chat_id, true, $1, '', false, created_at, 'done' FROM generation_requests";
constexpr const char* kDays =
    "INSERT INTO user_days (user_id, local_day, style) SELECT u.id, '2026-01-1' || (n.i % 10), 'style' || n.i FROM "
    "users"
    " u JOIN n ON n.i <= 10";
constexpr const char* kSaved =
    "INSERT INTO user_saved_images (id, user_id, generation_request_id, is_saved, saved_at)"
    " SELECT randomblob(16), user_id, id, true, created_at FROM generation_requests";

class UpkeepPlans : public PlanTest {
 protected:
  UpkeepPlans() {
    const std::string words(500, 'x');
    fill(with_ids(std::string(kNumbers) + kRequests), user_.id, words, std::string(64, 'a'), clock_.now());
    fill(with_ids(kJobs), words, clock_.now());
    fill(with_ids(kKeys));
    fill(with_ids(kAttempts));
    fill(with_ids(std::string(kNumbers) + kPeople), clock_.now());
    fill(with_ids(kAccounts), "available");
    fill(with_ids(kAccounts), "held");
    fill(with_ids(kHolds));
    fill(with_ids(kEvents), words);
    fill(with_ids(std::string(kNumbers) + kDays));
    fill(with_ids(kSaved));
    analyze();
  }

  /// Reads no table from one end to the other, and sorts nothing.
  static void expect_probes(const std::string& plan, const std::string& index) {
    EXPECT_THAT(plan, HasSubstr(index));
    EXPECT_THAT(plan, Not(ContainsRegex("Seq Scan|Sort|SCAN [a-z_]+$|SCAN [a-z_]+\n|TEMP B-TREE")));
  }
  /// SQLite names the indexes of constraints by number.
  std::string of_constraint(const std::string& postgres, const std::string& sqlite) const {
    return is_postgres() ? postgres : "sqlite_autoindex_" + sqlite;
  }

  std::string plan_of_page(audit::Part part, std::size_t which) {
    audit::Mark mark;
    mark.part = part;
    mark.settled.stamp(clock_.now());
    return plan_of([&](UnitOfWork& u) { run(audit::look(u, {}, mark)); }, which);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, UpkeepPlans, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(UpkeepPlans, EachSweepFindsItsBatchByAge) {
  expect_probes(plan_of([&](UnitOfWork& u) { run(stores::jobs::sweep(u, u.now(), 1'000)); }), "jobs_old");
  // Events are small: in a table of this size a thousand may be met in passing as well as by a thousand probes.
  EXPECT_THAT(plan_of([&](UnitOfWork& u) { run(stores::provider_events::sweep(u, u.now(), 1'000)); }),
              AllOf(HasSubstr("provider_event_old"), Not(ContainsRegex("Sort|TEMP B-TREE"))));
  expect_probes(plan_of([&](UnitOfWork& u) { run(stores::requests::purge_candidates(u, u.now(), 100)); }),
                "generation_trash");
}

TEST_P(UpkeepPlans, TheUsualTimeOfAModelIsTheBeginningOfItsIndex) {
  expect_probes(plan_of([&](UnitOfWork& u) { run(stores::job_claims::last_times(u, "m1", 50)); }), "jobs_times");
}

TEST_P(UpkeepPlans, TheOwnersOfObjectsAreFoundById) {
  const auto all = [&](UnitOfWork& u) { run(stores::requests::object_owners(u, user_.id, user_.id)); };
  expect_probes(plan_of(all), of_constraint("generation_requests_pkey", "generation_requests_1"));
  expect_probes(plan_of([&](UnitOfWork& u) { run(stores::requests::is_named(u, "k1")); }), "generation_object");
}

TEST_P(UpkeepPlans, APageOfTransfersIsAStretchOfTheLedger) {
  const std::string ids = of_constraint("ledger_transfer_pkey", "ledger_transfer_1");
  expect_probes(plan_of_page(audit::Part::transfers, 0), ids);
  EXPECT_THAT(plan_of_page(audit::Part::transfers, 1),
              AllOf(HasSubstr(ids), Not(HasSubstr("Seq Scan on ledger_tran"))));
}

TEST_P(UpkeepPlans, APageOfAccountsAddsUpFromTwoIndexes) {
  const std::string plan = plan_of_page(audit::Part::accounts, 0);
  EXPECT_THAT(plan, HasSubstr(of_constraint("ledger_account_pkey", "ledger_account_1")));
  EXPECT_THAT(plan, ContainsRegex("(Only Scan using|COVERING INDEX) transfer_to"));
  EXPECT_THAT(plan, ContainsRegex("(Only Scan using|COVERING INDEX) transfer_from"));
}

TEST_P(UpkeepPlans, APageOfRequestsReadsEachTableByItsRange) {
  const auto plan = [&](std::size_t which) { return plan_of_page(audit::Part::requests, which); };
  EXPECT_THAT(plan(0), Not(ContainsRegex("Seq Scan|Sort|SCAN (generation_requests|jobs|request_keys|ledger_transfer|"
                                         "provider_attempt)|TEMP B-TREE")))
      << "the last ids";
  expect_probes(plan(1), of_constraint("generation_requests_pkey", "generation_requests_1"));
  EXPECT_THAT(plan(2), AllOf(HasSubstr(of_constraint("jobs_pkey", "jobs_1")),
                             HasSubstr(of_constraint("provider_attempt_job_id_attempt_no_key", "provider_attempt_4")),
                             Not(ContainsRegex("Seq Scan on (jobs|provider_attempt)"))));
  EXPECT_THAT(plan(3), ContainsRegex("(Only Scan using|COVERING INDEX) one_of_each_per_job"));
  EXPECT_THAT(plan(4), HasSubstr(of_constraint("request_keys_request_id_key", "request_keys_2")));
  // By the range, or by the few that have no name.
  EXPECT_THAT(plan(6), Not(ContainsRegex("Seq Scan|SCAN provider_attempt")));
}

TEST_P(UpkeepPlans, APageOfPeopleReadsEachTableByItsRange) {
  const auto plan = [&](std::size_t which) { return plan_of_page(audit::Part::people, which); };
  EXPECT_THAT(plan(0), AllOf(HasSubstr("generation_by_person"),
                             Not(ContainsRegex("Seq Scan|Sort|SCAN (generation_requests|user_)|TEMP B-TREE"))));
  EXPECT_THAT(plan(1), Not(ContainsRegex("SCAN user_days")));
  EXPECT_THAT(plan(2),
              AllOf(HasSubstr("generation_by_person"), Not(ContainsRegex("Seq Scan on gen|SCAN generation_req"))));
  EXPECT_THAT(plan(3), Not(ContainsRegex("Seq Scan on gen|SCAN (generation_requests|user_saved_images)")));
  EXPECT_THAT(plan(4), Not(ContainsRegex("Seq Scan on gen|SCAN (generation_requests|user_saved_images)")));
}

TEST_P(UpkeepPlans, WhatChangesAPictureFindsEachRowByItsKey) {
  const Uuid id = user_.id;
  const std::string key = of_constraint("generation_requests_pkey", "generation_requests_1");
  const auto removal = [&](UnitOfWork& u) {
    stores::requests::soft_delete(u, id, id);
    run(u.commit());
  };
  const auto restoring = [&](UnitOfWork& u) {
    stores::requests::restore(u, id, id);
    run(u.commit());
  };
  domain::Picture picture;
  picture.id = picture.user_id = id;
  const auto purge = [&](UnitOfWork& u) {
    stores::requests::purge(u, picture);
    run(u.commit());
  };
  EXPECT_THAT(plan_of(removal, 0), HasSubstr(key));
  EXPECT_THAT(plan_of(removal, 1), HasSubstr(key));
  EXPECT_THAT(plan_of(removal, 2), HasSubstr("saved_by_generation"));
  for (std::size_t which : {0U, 1U, 2U}) {
    EXPECT_THAT(plan_of(restoring, which), HasSubstr(key)) << which;
  }
  EXPECT_THAT(plan_of(purge, 0), HasSubstr(key));
}

}  // namespace
}  // namespace aisha
