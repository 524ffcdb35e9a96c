// SPDX-License-Identifier: Apache-2.0
// The parts of an archive on their way: whatever is away, slow or dies meanwhile.
#include <gmock/gmock.h>

#include "stores/queue/outbox_rows.hpp"
#include "tests/unit/bot/features/privacy/privacy_chat.hpp"

namespace aisha::bot {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ExportParts : public PrivacyChat {};

TEST_F(ExportParts, AStoreThatIsAwayIsWaitedForHoweverLong) {
  make(2);
  break_store(Errc::unavailable);
  open("1ex");
  for (int hour = 0; hour < 50; ++hour) {
    world_.world.step(world_.exporting);
    world_.world.step(world_.sending);
    world_.world.clock.advance(std::chrono::hours(1));
  }
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_EQ(open_ones("export"), 1);
  break_store(std::nullopt);
  world_.settle();
  EXPECT_THAT(sent(), SizeIs(1));
}

TEST_F(ExportParts, AStoreThatGoesBetweenPlanAndPartIsWaitedForToo) {
  make(2);
  open_export();
  break_store(Errc::unavailable);
  for (int hour = 0; hour < 50; ++hour) {
    world_.world.step(world_.sending);
    world_.world.clock.advance(std::chrono::hours(1));
  }
  EXPECT_EQ(open_ones("export"), 1);
  break_store(std::nullopt);
  world_.settle();
  ASSERT_THAT(sent(), SizeIs(1));
  EXPECT_EQ(error_of_last(), "");
}

TEST_F(ExportParts, AProcessThatDiesWhileItMakesAPartHasSentNothing) {
  struct Killed {};
  make(1);
  open_export();
  world_.world.blobs.before_get = []() -> Task<void> {
    throw Killed();
    co_return;
  };
  for (int deaths = 0; deaths < 3; ++deaths) {
    EXPECT_THROW(world_.world.step(world_.sending), Killed);
    world_.world.clock.advance(world_.world.policy.part_lease);
  }
  world_.world.blobs.before_get = nullptr;
  world_.settle();
  EXPECT_THAT(sent(), SizeIs(1));
  EXPECT_EQ(error_of_last(), "");
}

TEST_F(ExportParts, APartThatTookLongToMakeIsHeldForItsUpload) {
  make(1);
  open_export();
  world_.world.blobs.before_get = [this]() -> Task<void> {
    world_.world.clock.advance(world_.world.policy.part_lease - Millis(1));
    co_return;
  };
  world_.world.step(world_.sending);
  EXPECT_THAT(sent(), SizeIs(1));
}

TEST_F(ExportParts, APartThatIsSomebodyElsesByNowIsNotSent) {
  make(1);
  open_export();
  world_.world.blobs.before_get = [this]() -> Task<void> {
    world_.world.clock.advance(world_.world.policy.part_lease);
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    const auto taken = co_await stores::outbox::claim(unit, 1, Millis(90'000));
    EXPECT_THAT(taken, SizeIs(1));
  };
  world_.world.step(world_.sending);
  EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(ExportParts, APartThatCannotBeMadeUsesUpNoTryOfTheOutage) {
  make(1);
  open_export();
  world_.telegram.refuse("sendDocument", 0, "");
  world_.world.step(world_.sending);
  ASSERT_THAT(sent(), SizeIs(1));
  break_store(Errc::unavailable);
  world_.world.clock.advance(Millis(10'000));
  EXPECT_EQ(world_.world.step(world_.sending), 1);
  const auto row =
      world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM outbox WHERE kind = 'export_part'")));
  const bot::SendDoubts::Send part{"sendDocument", row[0].uuid(0)};
  EXPECT_TRUE(world_.doubts.lets(part, world_.clock.now()));
}

TEST_F(ExportParts, WhatFailsWhileAPartIsMadeIsNoOutage) {
  make(1);
  open_export();
  const auto rows = world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM data_requests")));
  auto part = world_.world.run(world_.archives.part(rows[0].uuid(0), 1)).value();
  services::ArchiveWords words;
  words.readme = [](const services::ArchiveFacts&) -> std::string { throw std::runtime_error("no locale"); };
  const auto bytes = world_.world.run(world_.archives.pack(std::move(part), std::move(words)));
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, Errc::export_failed);
}

TEST_F(ExportParts, APartWhosePlanCannotBeReadEndsItAndItsPersonIsTold) {
  make(1);
  open_export();
  write("UPDATE data_requests SET tally = '[]'");
  world_.settle();
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_EQ(error_of_last(), "export.failed");
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE kind = 'export_part' AND state = 'dead'"
                         " AND error LIKE 'export.failed: its plan cannot be read%'"),
            1);
  EXPECT_THAT(world_.newest().caption, StartsWith("📦 Архив не дошёл: часть 1 из 1 не удалось собрать"));
}

TEST_F(ExportParts, WhatWasCountedAndCannotBeReadIsCountedAnew) {
  world_.world.policy.export_part = 1'200;
  make(5);
  open("1ex");
  write("UPDATE data_requests SET tally = '[]', behind = (SELECT max(id) FROM generation_requests)");
  world_.settle();
  EXPECT_THAT(sent(), SizeIs(3));
}

TEST_F(ExportParts, APartThatTelegramNeverTakesEndsItAndItsPersonIsTold) {
  make(1);
  open("1ex");
  world_.telegram.refuse("sendDocument", 413, "Request Entity Too Large");
  world_.settle();
  EXPECT_EQ(error_of_last(), "telegram.refused");
  EXPECT_THAT(world_.newest().caption, StartsWith("📦 Архив не дошёл: часть 1 из 1"));
  card_ = world_.newest().id;
  EXPECT_EQ(world_.newest().data_of("Мои данные"), "1md");
}

TEST_F(ExportParts, WhoBlockedTheBotIsToldWhenTheyComeBack) {
  make(1);
  open("1ex");
  world_.telegram.refuse("sendDocument", 403, "Forbidden: bot was blocked by the user");
  world_.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user");
  world_.settle();
  EXPECT_EQ(error_of_last(), "telegram.refused");
  world_.write("/start");
  world_.settle();
  EXPECT_THAT(world_.newest().caption, StartsWith("📦 Архив не дошёл"));
}

}  // namespace
}  // namespace aisha::bot
