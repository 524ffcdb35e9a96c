// SPDX-License-Identifier: Apache-2.0
// What a press costs a database that stands elsewhere. A number may fall; one that rises needs a reason.
#include <gtest/gtest.h>

#include <ostream>

#include "cache/keys.hpp"
#include "tests/fakes/bot_world.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;

struct Cost {
  int round_trips = 0;
  int statements = 0;
  bool operator==(const Cost&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Cost& cost) {
    return out << cost.round_trips << " round trips, " << cost.statements << " statements";
  }
};

class RoundTrips : public testing::Test {
 protected:
  RoundTrips() {
    world_.write("/start");
    world_.tap("Создать изображение");
    card_ = world_.newest().id;
    // Photos have been uploaded and prices of the first time paid.
    for (const char* data : {"1h", "1k:portrait:0", "1k:_popular:0", "1k:_foryou:0", "1ks:0", "1s:business:k", "1se",
                             "1he", "1q", "1qt:0", "1qp", "1qr:0", "1st:m", "1st:w", "1av:0:h", "1tz:0", "1c"}) {
      world_.press(card_, data);
    }
  }

  /// Of one press: the update stored, handled and committed. Nobody asks for the next.
  Cost of(const std::string& data) {
    auto& asked = world_.world.asked;
    asked.statements.clear();
    asked.round_trips = 0;
    world_.press(card_, data);
    return {asked.round_trips, static_cast<int>(asked.statements.size())};
  }

  BotWorld world_;
  std::int64_t card_ = 0;
};

TEST_F(RoundTrips, OfEachScreen) {
  EXPECT_EQ(of("1h"), (Cost{3, 5})) << "home";
  EXPECT_EQ(of("1c"), (Cost{4, 6})) << "create: what they made in each style";
  EXPECT_EQ(of("1k:portrait:0"), (Cost{3, 5})) << "category";
  EXPECT_EQ(of("1k:_popular:0"), (Cost{3, 5})) << "popular, from memory";
  EXPECT_EQ(of("1k:_foryou:0"), (Cost{4, 6})) << "for you: what they made in each style";
  EXPECT_EQ(of("1ks:0"), (Cost{3, 5})) << "all categories";
  EXPECT_EQ(of("1s:business:k"), (Cost{4, 6})) << "style: the same";
  EXPECT_EQ(of("1s:business:y"), (Cost{4, 6})) << "style, of the shelf for you: once for both";
  EXPECT_EQ(of("1se"), (Cost{3, 5})) << "settings";
  EXPECT_EQ(of("1he"), (Cost{3, 5})) << "help";
}

TEST_F(RoundTrips, OfCreatingWhenShortMemoryKnowsNotWhatIsKept) {
  const auto user = world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM users")))[0].uuid(0);
  for (const char* screen : {"1c", "1s:business:c"}) {
    world_.press(card_, "1h");
    auto entry = cache::keys::favorites(user);
    world_.world.run(world_.world.context.cache.erase(std::move(entry.key)));
    EXPECT_EQ(of(screen), (Cost{5, 7})) << screen;
  }
}

TEST_F(RoundTrips, OfAvatarsMadeOfPhotos) {
  const auto cost = [&](const auto& act) {
    auto& asked = world_.world.asked;
    asked.statements.clear();
    asked.round_trips = 0;
    act();
    return Cost{asked.round_trips, static_cast<int>(asked.statements.size())};
  };
  EXPECT_EQ(cost([&] { world_.send_photo("face"); }), (Cost{5, 13}))
      << "the first: whether there is room for a draft, and how its row is spelled";
  EXPECT_EQ(cost([&] { world_.send_photo("another"); }), (Cost{4, 10})) << "one more";
  world_.settle();
  const fakes::ChatMessage consent = world_.with("Женщина");
  EXPECT_EQ(cost([&] { world_.press(consent.id, consent.data_of("Женщина")); }), (Cost{5, 16}))
      << "who it is: how the row is spelled";
  world_.settle();
  of("1aw");
  EXPECT_EQ(of("1aw"), (Cost{3, 4})) << "how an avatar is made";
  const std::string avatar = world_.with("Аватар").data_of("Аватар").substr(3);
  EXPECT_EQ(of("1ac" + avatar), (Cost{4, 6})) << "the avatar";
  EXPECT_EQ(of("1ap" + avatar), (Cost{4, 9})) << "its photos";
}

TEST_F(RoundTrips, OfSearching) {
  of("1q");
  of("1qt:0");
  EXPECT_EQ(of("1q"), (Cost{3, 5})) << "asked for words";
  EXPECT_EQ(of("1qt:0"), (Cost{3, 5})) << "styles, from memory";
  EXPECT_EQ(of("1qp"), (Cost{3, 5}));
  EXPECT_EQ(of("1qr:0"), (Cost{4, 6})) << "own pictures: none, so that their words come along";
}

TEST_F(RoundTrips, OfFiguresAvatarsAndZones) {
  EXPECT_EQ(of("1st:w"), (Cost{3, 5})) << "all windows are read at once";
  EXPECT_EQ(of("1av:0:h"), (Cost{4, 6}));
  EXPECT_EQ(of("1tz:0"), (Cost{3, 5}));
}

TEST_F(RoundTrips, OfOwnData) {
  EXPECT_EQ(of("1md"), (Cost{5, 7})) << "what there is, and what is open";
  EXPECT_EQ(of("1er"), (Cost{5, 7}));
  EXPECT_EQ(of("1ex"), (Cost{5, 8}));
  EXPECT_EQ(of("1ec"), (Cost{5, 8}));
}

/// Of somebody who has pictures and has seen each screen once.
class RoundTripsOfAGallery : public RoundTrips {
 protected:
  RoundTripsOfAGallery() {
    for (int i = 0; i < 2; ++i) {
      world_.write("/create");
      world_.tap("1");
      world_.settle();
    }
    result_ = world_.with("Скачать");
    world_.write("/images");
    card_ = world_.newest().id;
    const std::string id = result_.data_of("Удалить").substr(4);
    picture_ = id;
    for (const std::string& screen : {std::string("1my"), "1i:" + id + ":m", "1f:" + id + ":1:m", std::string("1fi:0"),
                                      std::string("1bn:0"), std::string("1st:m"), std::string("1my")}) {
      world_.press(card_, screen);
    }
  }
  Cost of_result(const char* label) {
    const std::int64_t card = card_;
    card_ = result_.id;
    const Cost cost = of(world_.message(result_.id).data_of(label));
    card_ = card;
    return cost;
  }

  fakes::ChatMessage result_;
  std::string picture_;
};

TEST_F(RoundTripsOfAGallery, OfEachScreen) {
  EXPECT_EQ(of("1i:" + picture_ + ":m"), (Cost{4, 6})) << "a picture";
  EXPECT_EQ(of("1my"), (Cost{4, 6})) << "the newest day";
  EXPECT_EQ(of("1mm:irc:0"), (Cost{4, 6})) << "dates";
  EXPECT_EQ(of("1fi:0"), (Cost{4, 6})) << "favourites";
  EXPECT_EQ(of("1sl:0"), (Cost{4, 6})) << "saved";
  EXPECT_EQ(of("1bn:0"), (Cost{4, 6})) << "the bin";
  EXPECT_EQ(of("1cl"), (Cost{4, 6})) << "what could be cleared";
}

TEST_F(RoundTripsOfAGallery, OfWhatChangesAPicture) {
  EXPECT_EQ(of_result("В избранно"), (Cost{4, 8})) << "a heart";
  EXPECT_EQ(of_result("Сохран"), (Cost{4, 8})) << "a pin";
  EXPECT_EQ(of("1f:" + picture_ + ":1:m"), (Cost{4, 9})) << "a heart under the card";
  EXPECT_EQ(of_result("Удалить"), (Cost{5, 9})) << "removed, or asked about";
}

TEST_F(RoundTripsOfAGallery, OfVariations) {
  world_.world.policy.max_active = 100;
  world_.world
      .run(world_.world.db->write(
          {{sql::Statement("UPDATE ledger_account SET balance = balance + 1000 WHERE kind = 'available'"),
            std::nullopt}}))
      .value();
  of("1fm:" + picture_ + ":0");
  EXPECT_EQ(of("1vm:" + picture_).round_trips, 4) << "variants: the picture with its ties";
  EXPECT_EQ(of("1vw:" + picture_).round_trips, 4) << "words are asked for";
  EXPECT_EQ(of("1fm:" + picture_ + ":0").round_trips, 5) << "a family: its head and a page of the others";
  EXPECT_LE(of_result("Вариация").round_trips, 6) << "a variation, and the buttons anew";
  EXPECT_LE(of("1vb:" + picture_ + ":100000:k").round_trips, 5) << "four at once";
}

TEST_F(RoundTripsOfAGallery, OfSharing) {
  EXPECT_EQ(of("1sh:" + picture_), (Cost{4, 8})) << "a link is opened";
  EXPECT_EQ(of("1sh:" + picture_), (Cost{4, 6})) << "and prolonged";
  EXPECT_EQ(of("1sx:" + picture_), (Cost{4, 7})) << "and closed";
  auto& asked = world_.world.asked;
  asked.round_trips = 0;
  world_.inline_query("");
  EXPECT_EQ(asked.round_trips, 5) << "stored, who asks, favourites, the newest, done; file ids from memory";
}

TEST_F(RoundTripsOfAGallery, OfFiguresThatShortMemoryDoesNotKnow) {
  const auto user = world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM users")))[0].uuid(0);
  auto entry = cache::keys::stats(user);
  world_.world.run(world_.world.context.cache.erase(std::move(entry.key)));
  EXPECT_EQ(of("1st:m"), (Cost{5, 7}));
}

TEST_F(RoundTripsOfAGallery, OfSearching) {
  world_.press(card_, "1qp");
  const auto find = [&](const std::string& words) {
    auto& asked = world_.world.asked;
    asked.statements.clear();
    asked.round_trips = 0;
    world_.write(words);
    return Cost{asked.round_trips, static_cast<int>(asked.statements.size())};
  };
  find("офис");
  world_.press(card_, "1qp");
  EXPECT_EQ(find("офис"), (Cost{4, 6})) << "as typed";
  world_.press(card_, "1qp");
  EXPECT_EQ(find("офсис"), (Cost{5, 7})) << "with a slip";
}

TEST_F(RoundTrips, OfAPaidTap) {
  EXPECT_EQ(of(world_.message(card_).data_of("1")), (Cost{4, 14}));
}

}  // namespace
}  // namespace aisha::bot
