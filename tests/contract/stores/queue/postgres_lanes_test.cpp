// SPDX-License-Identifier: Apache-2.0
// A follower that comes while its head ends, in two processes, in either order of their commits.
#include <gmock/gmock.h>

#include <list>
#include <optional>

#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"
#include "tests/contract/support/postgres_test.hpp"

namespace aisha {
namespace {

namespace inbox = stores::inbox;
namespace outbox = stores::outbox;

constexpr Millis kLease{600'000};
constexpr std::int64_t kBot = 7;
constexpr std::int64_t kLane = 1001;

/// Keeps what would be written and writes nothing.
class Draft final : public sql::Database {
 public:
  explicit Draft(sql::Database& database) : database_(database) {}
  Task<sql::Rows> read(sql::Statement) override { co_return sql::Rows(); }
  Task<Result<sql::Rows>> write(sql::Batch batch) override {
    kept = std::move(batch);
    co_return sql::Rows();
  }
  Task<std::unique_ptr<sql::Transaction>> begin() override { return database_.begin(); }
  TimePoint now() const override { return database_.now(); }

  sql::Batch kept;

 private:
  sql::Database& database_;
};

class PostgresLanes : public testing::MigratedPostgresTest {
 protected:
  void SetUp() override {
    MigratedPostgresTest::SetUp();
    if (!IsSkipped()) {
      one_ = open(options());
      other_ = open(options());
    }
  }

  Task<Result<void>> put(sql::Database& database, std::int64_t update_id) {
    stores::UnitOfWork unit(database, rng_);
    std::vector<inbox::Update> updates;
    updates.push_back({update_id, kLane, "message", "{}"});
    taken_ = (co_await inbox::put(unit, kBot, std::move(updates), kLease)).taken;
    co_return Result<void>();
  }
  Task<Result<void>> end_update(sql::Database& database) {
    stores::UnitOfWork unit(database, rng_);
    inbox::done(unit, taken_.at(0));
    co_return co_await unit.commit();
  }
  Task<Result<void>> enqueue(sql::Database& database, std::string key) {
    stores::UnitOfWork unit(database, rng_);
    outbox::Message message;
    message.lane = kLane;
    message.kind = "notice";
    message.dedupe_key = std::move(key);
    outbox::enqueue(unit, message);
    co_return co_await unit.commit();
  }
  Task<Result<void>> end_message(sql::Database& database) {
    stores::UnitOfWork unit(database, rng_);
    outbox::sent(unit, messages_.at(0), 0);
    co_return co_await unit.commit();
  }
  Task<Result<void>> claim_message(sql::Database& database) {
    stores::UnitOfWork unit(database, rng_);
    messages_ = co_await outbox::claim(unit, 1, kLease);
    co_return Result<void>();
  }

  /// What a use case writes, to be written statement by statement.
  template <class UseCase>
  sql::Batch batch_of(UseCase use_case) {
    Draft draft(*one_);
    run(use_case(draft)).value();
    return std::move(draft.kept);
  }

  bool somebody_waits_for_a_lock() {
    return session().value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") != "0";
  }

  /// The first is written and not committed when the second begins.
  void race(sql::Batch first, sql::Batch second) {
    auto transaction = run(one_->begin());
    for (sql::Write& write : first) {
      run(transaction->run(std::move(write.statement)));
    }
    std::optional<bool> written;
    boost::asio::co_spawn(
        loop_, other_->write(std::move(second)),
        [&](const std::exception_ptr& error, Result<sql::Rows> rows) { written = !error && rows.has_value(); });
    loop_.restart();
    while (!written && !somebody_waits_for_a_lock()) {
      loop_.poll();
    }
    run(transaction->commit()).value();
    until([&] { return written.has_value(); });
    EXPECT_TRUE(*written);
  }

  std::string headless(const std::string& queue, const std::string& open) {
    return session().value("SELECT count(*) FROM aisha." + queue + " WHERE " + open + " AND due_at IS NULL");
  }

  /// The same without the lock by which a follower waits for its head; a text lives as long as the connections.
  sql::Batch without_lock(sql::Batch batch) {
    for (sql::Write& write : batch) {
      std::string text = write.statement.text.c_str();
      if (const auto at = text.find("/*share*/"); at != std::string::npos) {
        text.erase(at, std::string_view("/*share*/").size());
        write.statement.text = sql::Text::lasting(twisted_.emplace_back(std::move(text)).c_str());
      }
    }
    return batch;
  }

  sql::Batch new_update() {
    return batch_of([this](sql::Database& d) { return put(d, 2); });
  }
  sql::Batch ended_update() {
    run(put(*one_, 1)).value();
    return batch_of([this](sql::Database& d) { return end_update(d); });
  }
  sql::Batch new_message() {
    return batch_of([this](sql::Database& d) { return enqueue(d, "follower"); });
  }
  sql::Batch ended_message() {
    session().run(
        "SET search_path = aisha;"
        "INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked, created_at,"
        " updated_at) VALUES (gen_random_uuid(), '1001', 'A', 'ru', false, false, false, now(), now());"
        "INSERT INTO chats (chat_id, user_id, version) SELECT 1001, id, 1 FROM users");
    run(enqueue(*one_, "head")).value();
    run(claim_message(*one_)).value();
    return batch_of([this](sql::Database& d) { return end_message(d); });
  }

  std::unique_ptr<sql::Database> one_;
  std::unique_ptr<sql::Database> other_;
  std::vector<inbox::Taken> taken_;
  std::vector<outbox::Taken> messages_;
  std::list<std::string> twisted_;
};

TEST_F(PostgresLanes, AnUpdateStoredBeforeItsHeadEndsIsFoundByTheEnd) {
  sql::Batch end = ended_update();
  race(new_update(), std::move(end));
  EXPECT_EQ(headless("inbox", "state = 'new'"), "0");
}

TEST_F(PostgresLanes, AnUpdateStoredWhileItsHeadEndsIsAHeadItself) {
  sql::Batch end = ended_update();
  race(std::move(end), new_update());
  EXPECT_EQ(headless("inbox", "state = 'new'"), "0");
}

TEST_F(PostgresLanes, AMessageWrittenBeforeItsHeadIsSentIsFoundByTheEnd) {
  sql::Batch end = ended_message();
  race(new_message(), std::move(end));
  EXPECT_EQ(headless("outbox", "done_at IS NULL"), "0");
}

TEST_F(PostgresLanes, AMessageWrittenWhileItsHeadIsSentIsAHeadItself) {
  sql::Batch end = ended_message();
  race(std::move(end), new_message());
  EXPECT_EQ(headless("outbox", "done_at IS NULL"), "0");
}

TEST_F(PostgresLanes, WithoutTheLockAFollowerWouldStayBehindNobodyInEitherOrder) {
  sql::Batch end = ended_update();
  race(without_lock(new_update()), end);
  EXPECT_EQ(headless("inbox", "state = 'new'"), "1");
  session().run("DELETE FROM aisha.inbox");
  end = ended_update();
  race(std::move(end), without_lock(new_update()));
  EXPECT_EQ(headless("inbox", "state = 'new'"), "1");
}

}  // namespace
}  // namespace aisha
