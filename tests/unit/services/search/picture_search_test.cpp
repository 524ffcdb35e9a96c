// SPDX-License-Identifier: Apache-2.0
#include "services/search/picture_search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/search/word_index.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/pictures/saved_images.hpp"
#include "stores/upkeep/chores.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

namespace requests = stores::requests;
using fakes::ServiceWorld;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Place = domain::PageStart;

TEST(IndexWords, AreStemsEachOnceBetweenBlanks) {
  EXPECT_EQ(index_words("Мой кот!", "Рыжие коты и кот в шляпе, 2049"), " мо кот рыж и в шляп 2049 ");
  EXPECT_EQ(index_words("", ""), "");
  EXPECT_EQ(index_words("🌲", "%_'"), "");
}

class PictureSearchTest : public ::testing::Test {
 protected:
  PictureSearchTest() {
    world_.meet();
    world_.meet(1002);
    owner_ = id_of(ServiceWorld::kChat);
    other_ = id_of(1002);
  }

  Uuid id_of(std::int64_t person) {
    auto turn = world_.open(person);
    const Uuid id = turn.actor().user().id;
    world_.run(turn.commit()).value();
    return id;
  }
  template <class Fill>
  void write(Fill fill) {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    fill(unit);
    ASSERT_TRUE(world_.run(unit.commit()));
  }
  /// A finished picture of a style ("" = none) with own words ("" = none).
  Uuid picture(const Uuid& owner, const std::string& style, const std::string& words) {
    world_.clock.advance(Millis(1));
    domain::Picture p;
    p.id = Uuid::v7(world_.clock.now(), world_.rng);
    p.user_id = owner;
    p.template_id = style;
    p.custom_prompt = words;
    p.prompt = "TOK " + words;
    p.model = "m";
    p.local_day = "2026-01-15";
    domain::PictureObject object;
    object.bucket = "b";
    object.key = p.id.to_string();
    object.width = 1;
    object.height = 1;
    object.bytes = 1;
    object.sha256 = std::string(64, 'a');
    object.content_type = "image/jpeg";
    write([&](stores::UnitOfWork& u) { requests::create(u, p); });
    write([&](stores::UnitOfWork& u) { requests::make_ready(u, p.id, object, Millis(1)); });
    return p.id;
  }
  Uuid own_words(const std::string& words) { return picture(owner_, "", words); }
  Uuid of_style(const std::string& style) { return picture(owner_, style, ""); }
  void name(const Uuid& id, const std::string& given) {
    write([&](stores::UnitOfWork& u) { stores::saved_images::set_name(u, owner_, id, given); });
  }
  void read_words() { world_.run(index_.run()); }

  FoundPictures page(const std::string& text, Place place = {}, std::int64_t per_page = 9) {
    return world_.run(search_.find(owner_, text, place, per_page));
  }
  static std::vector<Uuid> ids(const FoundPictures& found) {
    std::vector<Uuid> out;
    for (const auto& own : found.pictures) {
      out.push_back(own.picture.id);
    }
    return out;
  }
  std::vector<Uuid> find(const std::string& text) { return ids(page(text)); }

  ServiceWorld world_;
  PictureSearch search_{world_.context, *world_.templates};
  WordIndex index_{world_.context};
  Uuid owner_;
  Uuid other_;
};

TEST_F(PictureSearchTest, OwnWordsAreFoundInAnyFormOnceTheyAreRead) {
  const Uuid cat = own_words("Рыжий кот в чёрной шляпе");
  own_words("корабль в тумане");
  EXPECT_THAT(find("кот"), IsEmpty()) << "nobody has read them yet";
  read_words();
  for (const char* text : {"кот", "КОТЫ", "котом", "рыжие коты", "кот в шляпе", "шляпа", "черный", "шля"}) {
    EXPECT_THAT(find(text), ElementsAre(cat)) << text;
  }
  for (const char* text : {"кот корабль", "от", "собака", ""}) {
    EXPECT_THAT(find(text), IsEmpty()) << text;
  }
}

TEST_F(PictureSearchTest, Row102_PatternsAreNoPatterns) {
  const Uuid id = own_words("100% хлопок, it's_ok");
  own_words("кот");
  read_words();
  for (const char* text : {"%", "_", "%_'\"", "к_т", "\\", "' OR 9=9 --"}) {
    EXPECT_THAT(find(text), IsEmpty()) << text;
  }
  EXPECT_THAT(find("100%"), ElementsAre(id));
  EXPECT_THAT(find("it's_ok"), ElementsAre(id));
}

TEST_F(PictureSearchTest, ANameIsFoundAndItsOldOneIsNot) {
  const Uuid id = of_style("noir");
  name(id, "Дедушкин портрет");
  read_words();
  EXPECT_THAT(find("дедушка"), ElementsAre(id));
  EXPECT_EQ(page("дедушка").pictures.at(0).name, "Дедушкин портрет");
  name(id, "Сыщик");
  read_words();
  EXPECT_THAT(find("дедушка"), IsEmpty());
  EXPECT_THAT(find("сыщики"), ElementsAre(id));
}

TEST_F(PictureSearchTest, PicturesOfAStyleAreFoundByItsWordsInBothLanguages) {
  const Uuid office = of_style("office");
  const Uuid words = own_words("мой офис мечты");
  of_style("sunset");
  read_words();
  EXPECT_THAT(find("офис"), ElementsAre(words, office)) << "the newest first, whatever it was found by";
  EXPECT_THAT(find("office"), ElementsAre(office));
}

TEST_F(PictureSearchTest, WhatNobodyFindsIsTriedAsItMayHaveBeenMeant) {
  const Uuid whale = own_words("синий кит и бабочка");
  const Uuid office = of_style("office");
  read_words();
  EXPECT_THAT(find("бабочкаа"), ElementsAre(whale)) << "one slip";
  EXPECT_THAT(find("бобочка"), ElementsAre(whale));
  EXPECT_THAT(find(",f,jxrf"), ElementsAre(whale)) << "the other keyboard";
  EXPECT_THAT(find("babochka siniy"), ElementsAre(whale)) << "the other alphabet";
  EXPECT_THAT(find("кат"), IsEmpty()) << "too short for a slip";
  EXPECT_THAT(find("бобочка гиппопотам"), IsEmpty()) << "all words count";
  EXPECT_THAT(find("jabc"), ElementsAre(office));
  EXPECT_THAT(find("ofis"), ElementsAre(office));
  for (int i = 0; i < 4; ++i) {
    of_style("office");
  }
  const auto first = page("ofis", {}, 3);
  const auto second = page("ofis", {Place::Side::older, first.pictures.back().picture.id}, 3);
  EXPECT_THAT(ids(second), SizeIs(2)) << "what was meant goes on on the next page";
  EXPECT_THAT(ids(page("ofis", {Place::Side::newer, second.pictures.front().picture.id}, 3)), ids(first));
}

TEST_F(PictureSearchTest, TurningThePagesOfWhatWasTypedNeverLeadsToWhatMayHaveBeenMeant) {
  of_style("office");
  std::vector<Uuid> all;
  for (int i = 0; i < 4; ++i) {
    all.insert(all.begin(), own_words("афис"));
  }
  read_words();
  EXPECT_THAT(ids(page("афис", {Place::Side::older, all[2]}, 3)), ElementsAre(all[3]));
  EXPECT_THAT(ids(page("афис", {Place::Side::newer, all[2]}, 3)), ElementsAre(all[0], all[1], all[2])) << "not full";
  EXPECT_THAT(ids(page("афис", {Place::Side::newer, all[0]}, 3)), ElementsAre(all[0], all[1], all[2])) << "the newest";
  EXPECT_THAT(ids(page("афис", {Place::Side::older, all[3]}, 3)), ElementsAre(all[0], all[1], all[2])) << "the last";
}

TEST_F(PictureSearchTest, AnOldWordIsForgivenASlipToo) {
  const Uuid whale = own_words("синий кит и бабочка");
  for (int i = 0; i < 260; ++i) {
    own_words("маяк");
  }
  read_words();
  EXPECT_THAT(find("бобочка"), ElementsAre(whale)) << "behind many newer ones";
}

TEST_F(PictureSearchTest, WhatIsFoundAsTypedIsNotMixedWithWhatMayHaveBeenMeant) {
  const Uuid office = own_words("афис");
  of_style("office");
  read_words();
  EXPECT_THAT(find("афис"), ElementsAre(office));
}

TEST_F(PictureSearchTest, Row102_OnlyStopWordsAreLookedForAsTheyAre) {
  const Uuid id = own_words("и не то");
  own_words("кот");
  read_words();
  EXPECT_THAT(find("и не"), ElementsAre(id));
}

TEST_F(PictureSearchTest, ForeignAndDeletedPicturesNeverAppear) {
  picture(other_, "office", "");
  picture(other_, "", "мой офис");
  const Uuid deleted = of_style("office");
  const Uuid deleted_words = own_words("офис");
  const Uuid kept = own_words("офис");
  read_words();
  for (const Uuid& id : {deleted, deleted_words}) {
    write([&](stores::UnitOfWork& u) { requests::soft_delete(u, id, owner_); });
  }
  EXPECT_THAT(find("офис"), ElementsAre(kept));
}

TEST_F(PictureSearchTest, Row104_PagesGoBothWaysAndThePlaceOfWhatIsGoneStays) {
  std::vector<Uuid> all;
  for (int i = 0; i < 7; ++i) {
    all.insert(all.begin(), of_style("office"));
  }
  const auto first = page("офис", {}, 3);
  EXPECT_THAT(ids(first), ElementsAre(all[0], all[1], all[2]));
  EXPECT_FALSE(first.has_newer);
  EXPECT_TRUE(first.has_older);
  write([&](stores::UnitOfWork& u) { requests::soft_delete(u, all[2], owner_); });
  const auto second = page("офис", {Place::Side::older, all[2]}, 3);
  EXPECT_THAT(ids(second), ElementsAre(all[3], all[4], all[5]));
  EXPECT_TRUE(second.has_newer);
  EXPECT_TRUE(second.has_older);
  const auto last = page("офис", {Place::Side::older, all[5]}, 3);
  EXPECT_THAT(ids(last), ElementsAre(all[6]));
  EXPECT_FALSE(last.has_older);
  EXPECT_THAT(ids(page("офис", {Place::Side::newer, all[6]}, 3)), ElementsAre(all[3], all[4], all[5]));
  const auto top = page("офис", {Place::Side::newer, all[3]}, 3);
  EXPECT_THAT(ids(top), ElementsAre(all[0], all[1], all[3])) << "fewer than a page before it: the first page";
  EXPECT_FALSE(top.has_newer);
  EXPECT_THAT(ids(page("офис", {Place::Side::older, all[6]}, 3)), SizeIs(3)) << "nothing beyond: the nearest page";
  const Uuid foreign = picture(other_, "office", "");
  EXPECT_THAT(ids(page("офис", {Place::Side::older, foreign}, 3)), ElementsAre(all[0], all[1], all[3]));
  EXPECT_THAT(ids(page("офис", {Place::Side::newer, foreign}, 3)), ElementsAre(all[0], all[1], all[3]));
}

TEST_F(PictureSearchTest, WordsAreReadInBatchesByOneProcessAtATime) {
  for (int i = 0; i < 501; ++i) {
    own_words("кот");
  }
  stores::UnitOfWork unit(*world_.db, world_.rng);
  const auto claim = world_.run(stores::chores::claim(unit, "words", 1, Millis(1'000)));
  ASSERT_TRUE(claim);
  read_words();
  EXPECT_EQ(world_.number("SELECT count(*) FROM picture_texts"), 0) << "another process is at it";
  world_.clock.advance(Millis(1'000));
  read_words();
  EXPECT_EQ(world_.number("SELECT count(*) FROM picture_texts"), 501);
  EXPECT_EQ(world_.number("SELECT count(*) FROM unread_pictures"), 0);
  EXPECT_EQ(world_.number("SELECT mark FROM chores WHERE name = 'words'"), 501);
}

TEST_F(PictureSearchTest, WithoutAnythingToReadNothingIsWritten) {
  world_.asked.statements.clear();
  read_words();
  EXPECT_EQ(world_.asked.statements.size(), 1U);
}

}  // namespace
}  // namespace aisha::services
