// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/picture_texts.hpp"

#include <algorithm>

#include "stores/pictures/saved_images.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace requests = stores::requests;
namespace picture_texts = stores::picture_texts;
using namespace testing;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class PictureTexts : public PlanTest {
 protected:
  /// A finished picture of a style, or with own words.
  Uuid picture(const std::string& style, const std::string& prompt) { return picture(user_, style, prompt); }
  Uuid picture(const domain::User& owner, const std::string& style, const std::string& prompt) {
    clock_.advance(Millis(1));
    Picture p = draft(owner);
    p.template_id = style;
    p.custom_prompt = prompt;
    Job job;
    job.id = p.id;
    EXPECT_TRUE(write([&](UnitOfWork& u) { requests::create(u, p); }));
    EXPECT_TRUE(write([&](UnitOfWork& u) { requests::make_ready(u, p.id, object(job), Millis(1)); }));
    return p.id;
  }
  Uuid with_words(const domain::User& owner, const std::string& words) {
    const Uuid id = picture(owner, "", words);
    read_all(words);
    return id;
  }
  Uuid with_words(const std::string& words) { return with_words(user_, words); }

  std::vector<picture_texts::Unread> unread() {
    return ask([](UnitOfWork& u) { return picture_texts::unread(u, 500); });
  }
  void read_all(const std::string& words) {
    for (const auto& one : unread()) {
      put(one, words);
    }
  }
  void put(const picture_texts::Unread& read, const std::string& words) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { picture_texts::put(u, read, words); }));
  }
  picture_texts::Page look(const picture_texts::Wanted& wanted, Uuid than = {}, std::int64_t limit = 9) {
    return ask([&](UnitOfWork& u) { return picture_texts::older(u, user_.id, wanted, than, {limit, 99}); });
  }
  std::vector<std::string> words() { return look({.stems = {"nothing"}, .styles = {}}).words; }
  void name(const Uuid& id, const std::string& given) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::saved_images::set_name(u, user_.id, id, given); }));
  }

  using Found = std::vector<Uuid>;
  static Found ids(const std::vector<domain::OwnPicture>& pictures) {
    Found out;
    for (const auto& own : pictures) {
      out.push_back(own.picture.id);
    }
    return out;
  }
  Found older(picture_texts::Wanted wanted, Uuid than = {}, std::int64_t limit = 9) {
    return ids(look(wanted, than, limit).pictures);
  }
  Found newer(picture_texts::Wanted wanted, Uuid than, std::int64_t limit = 9) {
    return ids(
        ask([&](UnitOfWork& u) { return picture_texts::newer(u, user_.id, wanted, than, {limit, 99}); }).pictures);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, PictureTexts, ::testing::ValuesIn(engines()), case_name);

TEST_P(PictureTexts, WhatIsMadeOfOwnWordsWaitsForThemToBeReadOnceItIsReady) {
  Picture open = draft(user_);
  open.template_id = "";
  open.custom_prompt = "лиса";
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::create(u, open); }));
  picture("noir", "");
  EXPECT_THAT(unread(), IsEmpty());
  const Uuid first = picture("", "кот в шляпе");
  const Uuid second = picture("", "корабль");
  const auto waiting = unread();
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_EQ(waiting[0].id, second) << "the newest first";
  EXPECT_EQ(waiting[1].id, first);
  EXPECT_EQ(waiting[1].prompt, "кот в шляпе");
  EXPECT_EQ(waiting[1].name, "");
  put(waiting[1], " кот шляп ");
  EXPECT_THAT(unread(), SizeIs(1));
  EXPECT_THAT(words(), ElementsAre(" кот шляп "));
}

TEST_P(PictureTexts, AChangeWhileItIsReadIsReadAgain) {
  const Uuid id = picture("", "кот");
  const auto before = unread();
  name(id, "Мой кот");
  put(before.at(0), " кот ");
  const auto again = unread();
  ASSERT_THAT(again, SizeIs(1)) << "the name came after the words were read";
  EXPECT_EQ(again[0].name, "Мой кот");
  put(again[0], " кот мо кот ");
  EXPECT_THAT(unread(), IsEmpty());
  EXPECT_THAT(words(), ElementsAre(" кот мо кот "));
}

TEST_P(PictureTexts, WithoutWordsNoRowIsLeft) {
  const Uuid id = with_words(" кот ");
  name(id, "кот");
  read_all("");
  EXPECT_THAT(words(), IsEmpty());
  EXPECT_THAT(unread(), IsEmpty());
}

TEST_P(PictureTexts, APurgedPictureKeepsNoWords) {
  const Uuid read = with_words(" кот ");
  const Uuid waiting = picture("", "лиса");
  const auto seen = unread();
  for (const Uuid& id : {read, waiting}) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, id, user_.id); }));
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(id)); }));
  }
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM picture_texts")), 0);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM unread_pictures")), 0);
  put(seen.at(0), " лис ");
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM picture_texts")), 0) << "it was read before the purge";
}

/// What a person looks for, and which of the pictures below fit: the same on both engines.
struct Case {
  std::vector<std::string> stems;
  std::string fits;  ///< letters of the pictures, the newest first
};
TEST_P(PictureTexts, WordsAreFoundByTheirBeginningsAlikeOnBothEngines) {
  std::map<Uuid, char> letters;
  const std::vector<std::string> texts = {" кот шляп ",          " котик на крыш ",  " рыж кот ", " neon cat 2049 ",
                                          " a b c d e f g h i ", " процент _ знак ", " зим "};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    letters[with_words(texts[i])] = static_cast<char>('a' + i);
  }
  const std::vector<Case> cases = {{{"кот"}, "cba"},
                                   {{"кот", "шляп"}, "a"},
                                   {{"шляп", "кот"}, "a"},
                                   {{"котик"}, "b"},
                                   {{"от"}, ""},
                                   {{"КОТ"}, ""},
                                   {{"neon"}, "d"},
                                   {{"204"}, "d"},
                                   {{"049"}, ""},
                                   {{"neon", "кот"}, ""},
                                   {{"зим"}, "g"},
                                   {{"зима"}, ""},
                                   {{"a", "b", "c", "d", "e", "f", "g", "h"}, "e"},
                                   {{"рыж", "рыж"}, "c"},
                                   {{}, ""}};
  for (const Case& one : cases) {
    std::string found;
    for (const Uuid& id : older({.stems = one.stems, .styles = {}})) {
      found += letters.at(id);
    }
    EXPECT_EQ(found, one.fits) << ::testing::PrintToString(one.stems);
  }
}

TEST_P(PictureTexts, WordsAndStylesMeetInOneListNewestFirst) {
  const Uuid noir = picture("noir", "");
  const Uuid cat = with_words(" кот ");
  const Uuid sunset = picture("sunset", "");
  picture("business", "");
  const Uuid both = picture("noir", "");
  name(both, "Кот");
  read_all(" кот ");
  const picture_texts::Wanted wanted{.stems = {"кот"}, .styles = {"noir", "sunset"}};
  EXPECT_THAT(older(wanted), ElementsAre(both, sunset, cat, noir)) << "each once";
  EXPECT_THAT(older({.stems = {}, .styles = {"sunset"}}), ElementsAre(sunset));
  EXPECT_THAT(older(wanted, both, 1), ElementsAre(sunset));
  const auto first = look(wanted, {}, 1);
  EXPECT_EQ(first.pictures.at(0).name, "Кот");
  EXPECT_TRUE(first.pictures.at(0).is_saved);
  EXPECT_THAT(first.words, IsEmpty()) << "read only when nothing is found";
}

TEST_P(PictureTexts, PagesGoBothWaysWithoutGapsOrRepeatsWhileOthersGo) {
  std::vector<Uuid> all;
  for (int i = 0; i < 40; ++i) {
    all.insert(all.begin(), i % 3 == 0 ? picture("noir", "") : with_words(" кот "));
  }
  const picture_texts::Wanted wanted{.stems = {"кот"}, .styles = {"noir"}};
  std::vector<Uuid> down;
  Uuid place;
  for (auto page = older(wanted, place, 7); !page.empty(); page = older(wanted, place, 7)) {
    down.insert(down.end(), page.begin(), page.end());
    place = page.back();
    // The place itself goes: the next page starts where it was.
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, place, user_.id); }));
  }
  EXPECT_EQ(down, all);
  std::vector<Uuid> up;
  Uuid from = all.back();
  for (auto page = newer(wanted, from, 7); !page.empty(); page = newer(wanted, from, 7)) {
    up.insert(up.end(), page.begin(), page.end());
    from = page.back();
  }
  std::ranges::reverse(up);
  EXPECT_EQ(up, older(wanted, Uuid{}, 99));
}

TEST_P(PictureTexts, ForeignDeletedAndUnfinishedPicturesAreNeverFound) {
  const domain::User other = make_user(1002, 100);
  with_words(other, " кот ");
  const Uuid foreign = picture(other, "noir", "");
  const Uuid deleted = with_words(" кот ");
  const Uuid deleted_style = picture("noir", "");
  const Uuid kept = with_words(" кот ");
  for (const Uuid& id : {deleted, deleted_style}) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, id, user_.id); }));
  }
  queued();
  const picture_texts::Wanted wanted{.stems = {"кот"}, .styles = {"noir", "business"}};
  EXPECT_THAT(older(wanted), ElementsAre(kept));
  EXPECT_THAT(older(wanted, deleted_style), IsEmpty()) << "the place of a deleted one is still a place";
  EXPECT_THAT(newer(wanted, deleted), ElementsAre(kept));
  EXPECT_THAT(older(wanted, foreign), ElementsAre(kept)) << "that of a foreign one is none: the first page";
  EXPECT_THAT(newer(wanted, foreign), IsEmpty());
  EXPECT_THAT(words(), SizeIs(2)) << "own ones only";
}

TEST_P(PictureTexts, EachReasonIsFoundByItsIndex) {
  fill(with_ids("INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked,"
                " created_at, updated_at)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
                " SELECT randomblob(16), 'x' || i, 'A', 'en', false, false, false, $1, $1 FROM n"),
       db().now());
  fill(
      with_ids(
          "INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day,"
          " status, bucket, object_key, width, height, bytes, sha256, content_type, created_at, finished_at)"
          " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
          " SELECT randomblob(16), u.id,"
          " CASE WHEN i % 3 = 0 THEN 'noir' END, 'p', 'm', 5, 1, '2026-01-15',"
          " 'ready', 'b', 'k' || i, 1, 1, 1, $1, 'image/jpeg', $2, $2"
          " FROM n JOIN (SELECT id, row_number() OVER (ORDER BY telegram_id) - 1 AS k FROM users) u ON u.k = n.i % 41"),
      std::string(64, 'a'), db().now());
  fill(
      "INSERT INTO picture_texts (user_id, generation_id, words) SELECT user_id, id, ' кот на крыш '"
      " FROM generation_requests WHERE template_id IS NULL");
  analyze();
  const picture_texts::Wanted wanted{.stems = {"кот"}, .styles = {"noir"}};
  for (const std::string& plan :
       {plan_of([&](UnitOfWork& u) { run(picture_texts::older(u, user_.id, wanted, Uuid{}, {9, 99})); }),
        plan_of([&](UnitOfWork& u) { run(picture_texts::newer(u, user_.id, wanted, Uuid{}, {9, 99})); })}) {
    EXPECT_THAT(plan, HasSubstr("generation_by_style"));
    EXPECT_THAT(plan, HasSubstr(is_postgres() ? "picture_texts_pkey" : "SEARCH t USING PRIMARY KEY (user_id=?"));
    EXPECT_THAT(plan, Not(AnyOf(HasSubstr("Seq Scan on generation_requests"), HasSubstr("Seq Scan on picture_texts"),
                                HasSubstr("SCAN r\n"), HasSubstr("SCAN t\n"))));
  }
}

}  // namespace
}  // namespace aisha
