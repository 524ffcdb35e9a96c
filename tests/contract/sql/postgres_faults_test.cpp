// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "tests/contract/support/postgres_test.hpp"

namespace aisha {
namespace {

using sql::Batch;
using sql::Outage;
using sql::Rows;
using sql::Statement;

constexpr sql::Text kPut =
    "INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at) VALUES ($1, $2, 'f', $3) ON CONFLICT DO NOTHING";
constexpr sql::Text kCount = "SELECT count(*) FROM file_ids";

class PostgresFaults : public testing::MigratedPostgresTest {
 protected:
  void SetUp() override {
    MigratedPostgresTest::SetUp();
    if (!IsSkipped()) {
      db_ = open(options());
    }
  }

  static Batch put(sql::Database& database, std::int64_t bot, std::string key, std::optional<std::int64_t> rows) {
    Batch batch;
    batch.push_back({Statement(kPut, bot, std::move(key), database.now()), rows});
    return batch;
  }

  std::int64_t count() { return run(db_->read(Statement(kCount)))[0].i64(0); }

  std::unique_ptr<sql::Database> db_;
};

/// true = answered, false = an Outage; anything else passes through.
Task<bool> answered(sql::Database& database, Statement statement) {
  try {
    co_await database.read(std::move(statement));
  } catch (const Outage&) {
    co_return false;
  }
  co_return true;
}

Task<bool> written(sql::Database& database, Batch batch) {
  try {
    const auto result = co_await database.write(std::move(batch));
    co_return result.has_value();
  } catch (const Outage&) {
    co_return false;
  }
}

TEST_F(PostgresFaults, AReadAfterItsIdleConnectionsWereCutIsAnswered) {
  EXPECT_EQ(count(), 0);
  cut_all();
  EXPECT_EQ(count(), 0);
}

TEST_F(PostgresFaults, AWriteAfterItsIdleConnectionsWereCutIsKept) {
  ASSERT_TRUE(run(db_->write(put(*db_, 1, "a", 1))));
  cut_all();
  ASSERT_TRUE(run(db_->write(put(*db_, 1, "b", 1))));
  EXPECT_EQ(count(), 2);
}

TEST_F(PostgresFaults, AConnectionThatEndsBehindTheLastAnswerIsAnOutage) {
  // A deferred trigger runs at the commit, when the answer to the last statement is already on its way.
  session().run(
      "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS"
      " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';"
      "CREATE CONSTRAINT TRIGGER leaves AFTER INSERT ON file_ids DEFERRABLE INITIALLY DEFERRED"
      " FOR EACH ROW EXECUTE FUNCTION leave()");
  EXPECT_FALSE(run(written(*db_, put(*db_, 1, "a", 1))));
  EXPECT_FALSE(run(written(*db_, put(*db_, 1, "a", std::nullopt))));
  session().run("DROP TRIGGER leaves ON file_ids");
  EXPECT_TRUE(run(written(*db_, put(*db_, 1, "a", 1))));
  EXPECT_EQ(count(), 1);
}

TEST_F(PostgresFaults, AWriteCutInTheMiddleIsAnOutageAndTheNextOneIsKept) {
  Batch slow;
  slow.push_back({Statement("SELECT pg_sleep(4)"), std::nullopt});
  slow.push_back({Statement(kPut, 1, "slow", db_->now()), 1});
  std::optional<bool> kept;
  boost::asio::co_spawn(loop_, written(*db_, std::move(slow)), [&](std::exception_ptr, bool ok) { kept = ok; });
  auto watcher = session();
  until([&] {
    return watcher.value(
               "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
               " AND wait_event = 'PgSleep'") == "1";
  });
  cut_all();
  until([&] { return kept.has_value(); });
  EXPECT_FALSE(*kept);
  EXPECT_TRUE(run(db_->write(put(*db_, 1, "next", 1))));
  EXPECT_EQ(count(), 1);
}

TEST_F(PostgresFaults, UnderACutOfEverythingEachWriteIsKeptOrAnOutage) {
  int told = 0;
  int ended = 0;
  constexpr int kWrites = 200;
  for (int i = 0; i < kWrites; ++i) {
    boost::asio::co_spawn(loop_, written(*db_, put(*db_, i, "k", std::nullopt)),
                          [&](std::exception_ptr error, bool ok) {
                            EXPECT_FALSE(error);
                            told += ok ? 1 : 0;
                            ++ended;
                          });
  }
  until([&] { return ended >= kWrites / 4; });
  cut_all();
  until([&] { return ended == kWrites; });
  // An unanswered COMMIT may have come through; an answered one always has.
  EXPECT_GE(count(), told);
  EXPECT_GE(told, kWrites / 4);
}

TEST_F(PostgresFaults, ATransactionCutInTheMiddleIsAnOutageAndLetsTheNextOneIn) {
  auto transaction = run(db_->begin());
  run(transaction->run(Statement(kPut, 1, "lost", db_->now())));
  cut_all();
  EXPECT_THROW(run(transaction->run(Statement(kPut, 1, "lost too", db_->now()))), Outage);
  const auto end = run(transaction->commit());
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, Errc::conflict);
  transaction.reset();
  auto next = run(db_->begin());
  run(next->run(Statement(kPut, 1, "kept", db_->now())));
  EXPECT_TRUE(run(next->commit()));
  EXPECT_EQ(count(), 1);
}

/// What an Outage says; "" when the statement is answered.
Task<std::string> outage_of(sql::Database& database, Statement statement) {
  try {
    co_await database.read(std::move(statement));
  } catch (const Outage& outage) {
    co_return std::string(code_of(outage.code())) + ": " + outage.what();
  }
  co_return std::string();
}

TEST_F(PostgresFaults, AStatementThatTakesTooLongIsAnOutageThatSaysSo) {
  EXPECT_EQ(run(outage_of(*db_, Statement("SELECT pg_sleep(60)"))),
            "service.unavailable: canceling statement due to statement timeout");
  EXPECT_EQ(count(), 0) << "the connection serves on";
}

TEST_F(PostgresFaults, AServerThatSaysNothingIsAnOutageThoughItsOwnTimeOutsAreOff) {
  // As a server that is frozen: nothing of what it should have cancelled is.
  Batch batch;
  batch.push_back({Statement("SET statement_timeout = 0"), std::nullopt});
  batch.push_back({Statement("SELECT pg_sleep(9)"), std::nullopt});
  EXPECT_FALSE(run(written(*db_, std::move(batch))));
  EXPECT_TRUE(run(db_->write(put(*db_, 1, "a", 1)))) << "over another connection";
}

TEST_F(PostgresFaults, ALockHeldByAnotherIsWaitedForAndThenAnOutage) {
  ASSERT_TRUE(run(db_->write(put(*db_, 1, "a", 1))));
  auto other = session();
  other.run("BEGIN");
  other.run("UPDATE aisha.file_ids SET file_id = 'theirs'");
  Batch batch;
  batch.push_back({Statement("UPDATE file_ids SET file_id = 'ours' WHERE bot_id = $1", 1), 1});
  EXPECT_FALSE(run(written(*db_, std::move(batch))));
  other.run("COMMIT");
  EXPECT_EQ(session().value("SELECT file_id FROM aisha.file_ids"), "theirs");
}

TEST_F(PostgresFaults, TwoThatLockEachOtherOutAreBothKeptInTheEnd) {
  ASSERT_TRUE(run(db_->write(put(*db_, 1, "a", 1))));
  ASSERT_TRUE(run(db_->write(put(*db_, 2, "b", 1))));
  int ended = 0;
  int kept = 0;
  for (const int first : {1, 2}) {
    Batch batch;
    batch.push_back({Statement("UPDATE file_ids SET file_id = file_id || 'x' WHERE bot_id = $1", first), 1});
    batch.push_back({Statement("SELECT pg_sleep(0.2)"), std::nullopt});
    batch.push_back({Statement("UPDATE file_ids SET file_id = file_id || 'y' WHERE bot_id = $1", 3 - first), 1});
    boost::asio::co_spawn(loop_, written(*db_, std::move(batch)), [&](std::exception_ptr error, bool ok) {
      EXPECT_FALSE(error);
      ++ended;
      kept += ok ? 1 : 0;
    });
  }
  until([&] { return ended == 2; });
  EXPECT_EQ(kept, 2);
  EXPECT_EQ(session().value("SELECT min(length(file_id)) FROM aisha.file_ids"), "3");
}

TEST_F(PostgresFaults, AServerThatTakesNoWritesIsAnOutageAndIsTriedAgain) {
  session().run("ALTER DATABASE " + database_ + " SET default_transaction_read_only = on");
  cut_all();
  EXPECT_FALSE(run(written(*db_, put(*db_, 1, "a", 1))));
  auto other = session();
  other.run("SET default_transaction_read_only = off");
  other.run("ALTER DATABASE " + database_ + " RESET default_transaction_read_only");
  until([&] { return run(written(*db_, put(*db_, 1, "a", std::nullopt))); });
  EXPECT_EQ(count(), 1);
}

TEST_F(PostgresFaults, ACancelledCallLeavesItsConnectionWhole) {
  ASSERT_TRUE(run(db_->write(put(*db_, 1, "a", 1))));
  for (int i = 0; i < 20; ++i) {
    auto stop = std::make_shared<boost::asio::cancellation_signal>();
    bool ended = false;
    boost::asio::co_spawn(
        loop_, answered(*db_, Statement("SELECT pg_sleep(0.01)")),
        boost::asio::bind_cancellation_slot(stop->slot(), [&ended, stop](std::exception_ptr, bool) { ended = true; }));
    for (int step = 0; step < i % 4; ++step) {
      loop_.poll_one();
    }
    stop->emit(boost::asio::cancellation_type::terminal);
    until([&] { return ended; });
    EXPECT_EQ(count(), 1);
  }
}

TEST_F(PostgresFaults, ACallCancelledWhileItConnectsTakesNoPlaceOfThePool) {
  auto small = options();
  small.pool = 2;
  for (int i = 0; i < 6; ++i) {
    db_ = open(small);
    for (int j = 0; j <= i; ++j) {
      auto stop = std::make_shared<boost::asio::cancellation_signal>();
      bool ended = false;
      boost::asio::co_spawn(loop_, answered(*db_, Statement(kCount)),
                            boost::asio::bind_cancellation_slot(
                                stop->slot(), [&ended, stop](std::exception_ptr, bool) { ended = true; }));
      loop_.restart();
      for (int step = 0; step < j + 1; ++step) {
        loop_.poll_one();
      }
      stop->emit(boost::asio::cancellation_type::terminal);
      until([&] { return ended; });
    }
    until([&] { return run(answered(*db_, Statement(kCount))); });
  }
}

TEST_F(PostgresFaults, QuestionsThatShareAConnectionAreCounted) {
  metrics::Counter waits;
  auto small = options();
  small.pool = 2;  // one of them reads
  small.waits = &waits;
  db_ = open(small);
  ASSERT_TRUE(run(answered(*db_, Statement(kCount))));
  EXPECT_EQ(waits.value(), 0) << "a connection of its own";
  int ended = 0;
  for (int i = 0; i < 3; ++i) {
    boost::asio::co_spawn(loop_, answered(*db_, Statement("SELECT pg_sleep(0.05)")),
                          [&ended](const std::exception_ptr&, bool) { ++ended; });
  }
  until([&] { return ended == 3; });
  EXPECT_EQ(waits.value(), 2);
}

TEST_F(PostgresFaults, ARefusedConnectionIsSaidAtOnce) {
  const std::string name = database_;
  cut_all();
  testing::PostgresServer::get()
      .session(testing::PostgresServer::get().url_of("postgres"))
      .run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
  const auto before = std::chrono::steady_clock::now();
  EXPECT_FALSE(run(answered(*db_, Statement(kCount))));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(4)) << "the whole connect timeout";
  testing::PostgresServer::get()
      .session(testing::PostgresServer::get().url_of("postgres"))
      .run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  until([&] { return run(answered(*db_, Statement(kCount))); });
}

TEST_F(PostgresFaults, NativeEnumsAreReadAndWrittenAsText) {
  session().run(
      "CREATE TYPE aisha.mood AS ENUM ('DRAFT', 'COMPLETED');"
      "CREATE TABLE aisha.moods (id bigint PRIMARY KEY, mood aisha.mood NOT NULL)");
  Batch batch;
  batch.push_back({Statement("INSERT INTO moods (id, mood) VALUES ($1, $2)", 1, "COMPLETED"), 1});
  ASSERT_TRUE(run(db_->write(std::move(batch))));
  const Rows rows = run(db_->read(Statement("SELECT mood, id FROM moods WHERE CAST(mood AS TEXT) = $1", "COMPLETED")));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].text(0), "COMPLETED");
}

}  // namespace
}  // namespace aisha
