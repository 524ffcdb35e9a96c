// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <csignal>
#include <thread>

#include "tests/contract/support/postgres_test.hpp"

namespace aisha {
namespace {

using ::testing::HasSubstr;

/// `public.users` and `public.avatars` as the older bot made them (its June age: no is_draft).
constexpr const char* kTheirTables = R"(
CREATE TABLE public.users (id uuid PRIMARY KEY, telegram_id varchar(50) NOT NULL UNIQUE, first_name varchar(64) NOT NULL,
  last_name varchar(64), username varchar(64), language_code varchar(8) NOT NULL, timezone varchar(32),
  is_premium boolean NOT NULL, is_bot boolean NOT NULL, is_blocked boolean NOT NULL, created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL);
CREATE TABLE public.avatars (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES public.users (id),
  name varchar(100) NOT NULL, gender varchar(6) NOT NULL, avatar_type varchar(9) NOT NULL,
  training_type varchar(8) NOT NULL, status varchar(18) NOT NULL, finetune_id varchar(255), fal_request_id varchar(255),
  training_progress int NOT NULL, training_started_at timestamptz, training_completed_at timestamptz,
  fal_mode varchar(20) NOT NULL, fal_iterations int NOT NULL, fal_priority varchar(13) NOT NULL,
  trigger_word varchar(50) NOT NULL, lora_rank int NOT NULL, learning_rate float8, finetune_type varchar(4) NOT NULL,
  finetune_comment varchar(255), trigger_phrase varchar(100), steps int, multiresolution_training boolean NOT NULL,
  subject_crop boolean NOT NULL, create_masks boolean NOT NULL, captioning boolean NOT NULL,
  diffusers_lora_file_url varchar(500), config_file_url varchar(500), training_logs text, training_error text,
  webhook_url varchar(500), last_status_check timestamptz, avatar_data json NOT NULL, training_config json NOT NULL,
  fal_response_data json NOT NULL, photos_count int NOT NULL, generations_count int NOT NULL, is_main boolean NOT NULL,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
)";

class PostgresStart : public testing::PostgresTest {
 protected:
  Result<sql::postgres::Opened> start(bool migrate = true, std::function<void()> hook = {}) {
    auto how = options();
    how.migrate = migrate;
    how.before_migration_step = std::move(hook);
    return sql::postgres::open(std::move(how), loop_.get_executor());
  }

  Errc refusal() {
    const auto opened = start();
    EXPECT_FALSE(opened);
    detail_ = opened ? "" : opened.error().detail;
    return opened ? Errc::conflict : opened.error().code;
  }

  /// Everything that the schema consists of, and what the migrations put in.
  std::string schema_hash() {
    return session().value(R"(
SELECT md5(string_agg(line, E'\n' ORDER BY line)) FROM (
  SELECT concat_ws(' ', 'column', table_schema, table_name, column_name, data_type, is_nullable, column_default) AS line
  FROM information_schema.columns WHERE table_schema IN ('aisha', 'public')
  UNION ALL SELECT concat_ws(' ', 'index', schemaname, indexdef) FROM pg_indexes WHERE schemaname IN ('aisha', 'public')
  UNION ALL SELECT concat_ws(' ', 'wall', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('aisha', 'public'))
  UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT concat_ws(' ', 'edge', from_status, to_status) FROM aisha.job_transition
  UNION ALL SELECT concat_ws(' ', 'applied', number, name, checksum) FROM aisha.aisha_schema) everything)");
  }

  bool killed_at(int step) {
    const pid_t child = ::fork();
    if (child == 0) {
      int left = step;
      const auto opened = start(true, [&left] {
        if (left-- == 0) {
          ::kill(::getpid(), SIGKILL);
        }
      });
      ::_exit(opened ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
  }

  void begin_anew() {
    testing::PostgresServer::get().drop(database_);
    database_ = fresh();
  }

  std::string detail_;
};

TEST_F(PostgresStart, MigratesAnEmptyDatabaseAndDoesNothingTheSecondTime) {
  const auto first = start();
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_FALSE(first->migrations.applied.empty());
  const auto second = start();
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->migrations.applied.empty());
  EXPECT_GE(second->migrations.version, 1);
}

TEST_F(PostgresStart, AMigrationKilledAtAnyStepEndsInTheSameSchema) {
  ASSERT_TRUE(start());
  const std::string whole = schema_hash();
  int step = 0;
  for (bool killed = true; killed; ++step) {
    begin_anew();
    killed = killed_at(step);
    ASSERT_TRUE(start()) << "after a kill before step " << step;
    EXPECT_EQ(schema_hash(), whole) << "killed before step " << step;
  }
  EXPECT_GT(step, 5);
}

TEST_F(PostgresStart, TwoThatMigrateAtOnceMigrateOnce) {
  std::vector<Result<sql::postgres::Opened>> opened;
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      boost::asio::io_context loop;
      auto one = sql::postgres::open(options(), loop.get_executor());
      const std::lock_guard lock(mutex);
      if (one) {
        one->database.reset();
      }
      opened.push_back(std::move(one));
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  std::size_t applied = 0;
  for (const auto& one : opened) {
    ASSERT_TRUE(one) << one.error().detail;
    applied += one->migrations.applied.size();
  }
  EXPECT_EQ(applied, static_cast<std::size_t>(opened.front()->migrations.version));
}

TEST_F(PostgresStart, ALookTellsWhatAStartWouldDoAndChangesNothing) {
  const auto before = sql::postgres::look_at_schema(options());
  ASSERT_TRUE(before) << before.error().detail;
  EXPECT_EQ(before->version, 0);
  EXPECT_FALSE(before->pending.empty());
  EXPECT_EQ(session().value("SELECT to_regnamespace('aisha') IS NULL"), "t");
  ASSERT_TRUE(start());
  const auto after = sql::postgres::look_at_schema(options());
  ASSERT_TRUE(after);
  EXPECT_EQ(after->pending.size(), 0U);
  EXPECT_EQ(after->version, static_cast<int>(before->pending.size()));
}

TEST_F(PostgresStart, WithoutLeaveToMigrateAnOldDatabaseIsRefusedAndLeftAlone) {
  const auto opened = start(false);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::start_failed);
  EXPECT_EQ(session().value("SELECT to_regnamespace('aisha') IS NULL"), "t");
}

TEST_F(PostgresStart, ADatabaseOfANewerReleaseIsRefused) {
  ASSERT_TRUE(start());
  session().run("INSERT INTO aisha.aisha_schema VALUES (9000, 'from_tomorrow', 'x', now())");
  EXPECT_EQ(refusal(), Errc::db_schema_newer);
  EXPECT_THAT(detail_, HasSubstr("9000_from_tomorrow"));
}

TEST_F(PostgresStart, AMigrationOfAnotherTextIsRefused) {
  ASSERT_TRUE(start());
  session().run("UPDATE aisha.aisha_schema SET checksum = 'edited' WHERE number = 1");
  EXPECT_EQ(refusal(), Errc::db_dirty);
}

TEST_F(PostgresStart, ASchemaOfAnotherProgramIsRefusedAndLeftAlone) {
  session().run("CREATE SCHEMA aisha; CREATE TABLE aisha.theirs (a int)");
  EXPECT_EQ(refusal(), Errc::db_foreign);
  EXPECT_EQ(session().value("SELECT count(*) FROM pg_tables WHERE schemaname = 'aisha'"), "1");
}

TEST_F(PostgresStart, UsersOfAnotherProgramAreRefusedByTheFirstColumnThatDiffers) {
  session().run(
      "CREATE TABLE public.users (id bigint PRIMARY KEY, email text); CREATE TABLE public.avatars (id bigint)");
  EXPECT_EQ(refusal(), Errc::db_foreign);
  EXPECT_THAT(detail_, HasSubstr("public.users"));
  EXPECT_THAT(detail_, HasSubstr("id is bigint, not uuid"));
  EXPECT_EQ(session().value("SELECT to_regnamespace('aisha') IS NULL"), "t");
}

TEST_F(PostgresStart, AMissingColumnOfTheirUsersIsNamed) {
  session().run(std::string(kTheirTables) + "ALTER TABLE public.users DROP COLUMN telegram_id");
  EXPECT_EQ(refusal(), Errc::db_foreign);
  EXPECT_THAT(detail_, HasSubstr("telegram_id"));
}

TEST_F(PostgresStart, TheirUsersAndAvatarsAreUsedWhereTheyAreAndNotAltered) {
  session().run(kTheirTables);
  const std::string theirs =
      "SELECT md5(string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable), ','"
      " ORDER BY table_name, ordinal_position)) FROM information_schema.columns"
      " WHERE table_schema = 'public'";
  const std::string before = session().value(theirs);
  ASSERT_TRUE(start());
  EXPECT_EQ(session().value(theirs), before);
  EXPECT_EQ(session().value("SELECT to_regclass('aisha.users') IS NULL AND to_regclass('aisha.avatars') IS NULL"), "t");
  EXPECT_EQ(session().value("SELECT confrelid::regclass::text FROM pg_constraint"
                            " WHERE conrelid = 'aisha.chats'::regclass AND contype = 'f'"),
            "users");
  EXPECT_EQ(session().value("SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid ="
                            " (SELECT confrelid FROM pg_constraint WHERE conrelid = 'aisha.chats'::regclass"
                            " AND contype = 'f')"),
            "public");
}

TEST_F(PostgresStart, ASecondSchemaOfTheSameDatabaseIsAnotherAisha) {
  ASSERT_TRUE(start());
  auto other = options();
  other.schema = "second";
  auto opened = sql::postgres::open(std::move(other), loop_.get_executor());
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(session().value("SELECT count(*) FROM pg_tables WHERE schemaname = 'second'"),
            session().value("SELECT count(*) FROM pg_tables WHERE schemaname = 'aisha'"));
}

TEST_F(PostgresStart, AServerThatIsAwayIsSaidInOneLineWithoutThePassword) {
  auto away = options();
  away.url = "postgres://somebody:hunter2@127.0.0.1:1/nothing";
  const auto opened = sql::postgres::open(std::move(away), loop_.get_executor());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::unavailable);
  EXPECT_EQ(opened.error().detail.find('\n'), std::string::npos);
  EXPECT_EQ(opened.error().detail.find("hunter2"), std::string::npos);
}

TEST_F(PostgresStart, TheLedgerTakesNoChangeAndNoDeletion) {
  ASSERT_TRUE(start());
  EXPECT_ANY_THROW(session().run("TRUNCATE aisha.ledger_transfer"));
}

}  // namespace
}  // namespace aisha
