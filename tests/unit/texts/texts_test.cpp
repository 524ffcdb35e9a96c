// SPDX-License-Identifier: Apache-2.0
#include "texts/texts.hpp"

#include <gtest/gtest.h>

#include "tests/unit/texts/catalogue.hpp"
#include "texts/markup.hpp"

namespace aisha::texts {
namespace {

using testing::placeholders;
using testing::read_catalogue;

TEST(Texts, SpeakBothLanguagesWithoutAnySystemLocale) {
  const Library library;
  EXPECT_EQ(library.in("ru").plain("button.menu"), "🏠 Меню");
  EXPECT_EQ(library.in("en").plain("button.menu"), "🏠 Menu");
  EXPECT_EQ(library.in("de").language(), "en");
}

TEST(Texts, ChooseRussianPluralForms) {
  const Texts ru("ru");
  EXPECT_EQ(ru.count("count.coins", 1), "1 монета");
  EXPECT_EQ(ru.count("count.coins", 2), "2 монеты");
  EXPECT_EQ(ru.count("count.coins", 5), "5 монет");
  EXPECT_EQ(ru.count("count.coins", 11), "11 монет");
  EXPECT_EQ(ru.count("count.coins", 21), "21 монета");
  EXPECT_EQ(ru.count("count.coins", 112), "112 монет");
  EXPECT_EQ(ru.count("count.coins", 0), "0 монет");
  EXPECT_EQ(ru.count("count.coins", -3), "-3 монеты");
  EXPECT_EQ(ru.count("count.coins", 9'000'000'000'001), "9000000000001 монета");
}

TEST(Texts, ChooseEnglishPluralForms) {
  const Texts en("en");
  EXPECT_EQ(en.count("count.images", 1), "1 image");
  EXPECT_EQ(en.count("count.images", 0), "0 images");
  EXPECT_EQ(en.count("count.images", 21), "21 images");
}

TEST(Texts, WriteDatesWithMonthsInTheGenitive) {
  EXPECT_EQ(Texts("ru").day_month("2026-01-15"), "15 января");
  EXPECT_EQ(Texts("ru").day_month_year("2026-05-01"), "1 мая 2026");
  EXPECT_EQ(Texts("en").day_month_year("2026-12-31"), "December 31, 2026");
  EXPECT_EQ(Texts("ru").day_short("2026-09-05"), "5 сен");
  EXPECT_EQ(Texts("en").day_short("2026-09-05"), "Sep 5");
  EXPECT_EQ(Texts("ru").month_year("2026-01"), "Январь 2026");
  EXPECT_EQ(Texts("en").month_year("2026-12"), "December 2026");
  EXPECT_EQ(Texts("ru").month_short("2026-05"), "май");
  EXPECT_EQ(Texts("ru").month_year("скоро"), "скоро");
  EXPECT_EQ(Texts("ru").month_short("2026-13"), "2026-13");
  EXPECT_EQ(Texts("ru").day_month("вчера"), "вчера");
  EXPECT_EQ(Texts("ru").day_month("2026-13-01"), "2026-13-01");
}

TEST(Texts, ShowAnUnknownIdAsItself) {
  EXPECT_EQ(Texts("ru").plain("no.such_text"), "no.such_text");
}

TEST(Texts, RefuseAnUnknownLanguage) {
  EXPECT_THROW(Texts("xx"), std::logic_error);
}

TEST(Catalogues, HaveTheSameIdsAndPlaceholdersInBothLanguages) {
  const auto ru = read_catalogue("ru");
  const auto en = read_catalogue("en");
  ASSERT_GT(ru.size(), 80U);
  for (const auto& [id, forms] : ru) {
    ASSERT_TRUE(en.contains(id)) << id;
    EXPECT_EQ(forms.size() > 1, en.at(id).size() > 1) << id;
    for (const auto& form : forms) {
      EXPECT_EQ(placeholders(form), placeholders(en.at(id).front())) << id;
    }
  }
  EXPECT_EQ(ru.size(), en.size());
}

TEST(Catalogues, UseOnlyTheKnownMarkupAndCloseIt) {
  for (const char* language : {"ru", "en"}) {
    for (const auto& [id, forms] : read_catalogue(language)) {
      for (const auto& form : forms) {
        EXPECT_EQ(expand(form, {}).text.find('<'), std::string::npos) << id;
      }
    }
  }
}

TEST(Catalogues, HaveNoStraightQuotesInRussian) {
  for (const auto& [id, forms] : read_catalogue("ru")) {
    for (const auto& form : forms) {
      EXPECT_EQ(form.find_first_of("\"'"), std::string::npos) << id;
    }
  }
}

TEST(Catalogues, WriteEmojiInTheirColourfulForm) {
  // Characters that are drawn as text unless U+FE0F follows.
  const std::vector<std::string> needy{"❤", "✖", "⚙", "↩", "✏", "🗑", "🛠", "🖼", "🕰", "ℹ", "☑"};
  for (const char* language : {"ru", "en"}) {
    for (const auto& [id, forms] : read_catalogue(language)) {
      for (const auto& form : forms) {
        for (const auto& emoji : needy) {
          for (auto at = form.find(emoji); at != std::string::npos; at = form.find(emoji, at + 1)) {
            EXPECT_EQ(form.substr(at + emoji.size(), 3), "\xEF\xB8\x8F") << id << " " << emoji;
          }
        }
      }
    }
  }
}

TEST(Catalogues, KeepToastsAndCommandsWithinTelegramsLimits) {
  for (const char* language : {"ru", "en"}) {
    const auto entries = read_catalogue(language);
    for (const auto& [id, forms] : entries) {
      if (id.starts_with("toast.")) {
        EXPECT_LE(utf16_length(forms.front()), 180U) << id;
      }
      if (id.starts_with("command.")) {
        EXPECT_LE(utf16_length(forms.front()), 256U) << id;
      }
      if (id.starts_with("button.")) {
        EXPECT_LE(utf16_length(forms.front()), 34U) << id;
      }
    }
    EXPECT_LE(utf16_length(entries.at("bot.name").front()), 64U);
    EXPECT_LE(utf16_length(entries.at("bot.short_description").front()), 120U);
    EXPECT_LE(utf16_length(entries.at("bot.description").front()), 512U);
  }
}

}  // namespace
}  // namespace aisha::texts
