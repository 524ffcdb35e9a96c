// SPDX-License-Identifier: Apache-2.0
// An order while the provider is closed to us: offered, taken on request, made once it is open, or the coins are back.
#include "base/zone.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;

class PatientOrders : public testing::Chat {
 protected:
  /// The service goes away for a person who is about to tap.
  std::int64_t offered() {
    const std::int64_t card = create_card().id;
    close();
    world_.tap("1");
    return card;
  }
  void close() { world_.world.run(world_.world.provider_state.refused(Errc::provider_balance)); }
  /// Away for so long: looked at every half minute, as its pause says.
  void away_for(std::chrono::minutes length) {
    for (auto passed = std::chrono::seconds(0); passed < length; passed += std::chrono::seconds(30)) {
      close();
      world_.world.clock.advance(std::chrono::seconds(30));
      world_.world.reap();
    }
  }
  void open() {
    world_.world.clock.advance(world_.world.policy.provider_pause);
    world_.settle();
  }
};

TEST_F(PatientOrders, patient_AwayForTenMinutesItIsMadeAndPaidOnce) {
  const std::int64_t card = offered();
  EXPECT_TRUE(world_.message(card).has("Когда заработает · 5 монет"));
  EXPECT_EQ(generations(), 0);
  EXPECT_EQ(coins(), 25);
  world_.press(card, world_.message(card).data_of("Когда заработает"));
  const std::string until = local_time(world_.world.clock.now() + std::chrono::hours(1), "Europe/Moscow");
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(coins(), 20);
  world_.world.step(world_.sending);
  EXPECT_NE(world_.message(card).caption.find("Жду сервис. Пришлю до " + until), std::string::npos)
      << world_.message(card).caption;
  away_for(std::chrono::minutes(10));
  EXPECT_EQ(world_.world.provider.submitted.size(), 0U);
  open();
  EXPECT_TRUE(world_.message(card).has("Скачать")) << "the picture is there";
  EXPECT_EQ(coins(), 20);
  EXPECT_TRUE(world_.world.broken_invariants().empty());
}

TEST_F(PatientOrders, patient_AwayForSeventyTheCoinsAreBackOnce) {
  const std::int64_t card = offered();
  world_.press(card, world_.message(card).data_of("Когда заработает"));
  EXPECT_EQ(coins(), 20);
  away_for(std::chrono::minutes(70));
  EXPECT_EQ(coins(), 25);
  world_.settle();
  open();
  EXPECT_EQ(coins(), 25);
  EXPECT_EQ(world_.world.provider.submitted.size(), 0U) << "nothing is sent for it any more";
  EXPECT_TRUE(world_.world.broken_invariants().empty());
}

TEST_F(PatientOrders, patient_TwoTapsAreOneOrderAndOwnWordsWaitToo) {
  describe("маяк в тумане");
  const ChatMessage asked = world_.newest();
  close();
  world_.press(asked.id, asked.data_of("Создать ·"));
  const std::string later = world_.message(asked.id).data_of("Когда заработает");
  EXPECT_TRUE(later.starts_with("1gw:")) << later;
  world_.press(asked.id, later);
  world_.press(asked.id, later);
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(coins(), 20);
  open();
  EXPECT_TRUE(world_.message(asked.id).has("Скачать"));
}

TEST_F(PatientOrders, patient_WhatTheCardShowedElseIsShownAnewAndNothingIsTaken) {
  const std::int64_t card = offered();
  const std::string later = world_.message(card).data_of("Когда заработает");
  const sql::Statement change("UPDATE user_settings SET quality_preset = 'fast'");
  world_.world.run(world_.world.db->write({{change, std::nullopt}})).value();
  world_.press(card, later);
  EXPECT_EQ(generations(), 0);
  EXPECT_EQ(coins(), 25);
}

}  // namespace
}  // namespace aisha::bot
