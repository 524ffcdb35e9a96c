// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/dispatch/callback_data.hpp"
#include "bot/features/create/screen.hpp"
#include "bot/features/problem/screen.hpp"
#include "bot/flow/style_list.hpp"
#include "tests/fakes/paths.hpp"
#include "tests/unit/bot/features/screen_samples.hpp"

namespace aisha::bot {
namespace {

using testing::describe;
using testing::everyday_screens;
using testing::worst_screens;

const texts::Library& library() {
  static const texts::Library kLibrary;
  return kLibrary;
}

std::map<std::string, Card> all_screens() {
  std::map<std::string, Card> out;
  for (const char* language : {"ru", "en"}) {
    for (auto& [name, card] : everyday_screens(library().in(language))) {
      out.emplace(std::string(language) + "/" + name, card);
    }
    for (auto& [name, card] : worst_screens(library().in(language))) {
      out.emplace(std::string(language) + "/worst/" + name, card);
    }
  }
  return out;
}

TEST(Screens, KeepEveryCaptionWithinTelegramsLimit) {
  for (const auto& [name, card] : all_screens()) {
    EXPECT_LE(texts::utf16_length(card.caption.text), kCaptionMax) << name;
    EXPECT_FALSE(card.caption.text.empty()) << name;
    for (const texts::Span& span : card.caption.spans) {
      EXPECT_GT(span.length, 0U) << name;
      EXPECT_LE(span.offset + span.length, texts::utf16_length(card.caption.text)) << name;
    }
  }
}

TEST(Screens, CarryOnlyButtonsThatTheCodecReadsBack) {
  for (const auto& [name, card] : all_screens()) {
    for (const Row& row : card.keyboard) {
      ASSERT_FALSE(row.empty()) << name;
      for (const Button& button : row) {
        EXPECT_FALSE(button.text.empty()) << name;
        const int does =
            (button.data.empty() ? 0 : 1) + (button.copy.empty() ? 0 : 1) + (button.chosen_chat.empty() ? 0 : 1);
        EXPECT_EQ(does, 1) << name << " " << button.text;
        EXPECT_LE(button.data.size(), kCallbackMaxBytes);
        EXPECT_LE(texts::utf16_length(button.copy), kCopyTextMax) << name;
        if (!button.data.empty()) {
          EXPECT_TRUE(decode(button.data)) << name << " " << button.data;
        }
      }
    }
  }
}

bool is_number(const Button& button) {
  return button.text.size() == 1 && button.text[0] >= '1' && button.text[0] <= '9';
}

TEST(Screens, StandInAtMostEightRowsOfAtMostThreeButtonsOrSixNumbers) {
  for (const auto& [name, card] : all_screens()) {
    EXPECT_LE(card.keyboard.size(), 8U) << name;
    std::size_t rows_of_numbers = 0;
    for (const Row& row : card.keyboard) {
      const bool numbers = is_number(row.front());
      rows_of_numbers += numbers ? 1 : 0;
      EXPECT_LE(row.size(), numbers ? 6U : 3U) << name;
    }
    EXPECT_LE(rows_of_numbers, 2U) << name << ": the sheet would leave the screen";
  }
}

TEST(Screens, MarkTheDearOnesInTheLineAndOnTheirCell) {
  const Card card = everyday_screens(library().ru).at("category");
  EXPECT_NE(card.caption.text.find("4 Деловой (8 монет)"), std::string::npos) << card.caption.text;
  EXPECT_NE(card.caption.text.find("(5 монет, дороже — подписано)"), std::string::npos) << card.caption.text;
  const auto& cells = std::get<photo::Sheet>(card.photo).cells;
  EXPECT_EQ(cells.at(3).price, "8");
  EXPECT_EQ(cells.at(0).price, "");
  EXPECT_EQ(cells.at(0).label, "Деловой");
}

TEST(Screens, LeadBackFromAStyleToTheVeryCardItWasOpenedFrom) {
  const auto back_of = [](const char* name) {
    const Keyboard keyboard = everyday_screens(library().ru).at(name).keyboard;
    return keyboard.back().front().data;
  };
  EXPECT_EQ(back_of("style_from_k"), encode(create::Category{"portrait", 1, false}));
  EXPECT_EQ(back_of("style_from_i"), encode(create::Category{"portrait", 1, true})) << "its numbers still only look";
  EXPECT_EQ(back_of("style_from_c"), encode(create::Open{}));
}

TEST(Screens, SpeakOfCoinsThatCameBackAndOfWhatThereIsNow) {
  for (const char* name : {"failed_provider.failed_style", "cancelled_style"}) {
    const std::string text = everyday_screens(library().ru).at(name).caption.text;
    EXPECT_NE(text.find("Вернулось 5 монет, на балансе 25 монет."), std::string::npos) << text;
  }
  const std::string nothing = everyday_screens(library().en).at("cancelled_free_style").caption.text;
  EXPECT_NE(nothing.find("No coins were taken."), std::string::npos) << nothing;
}

TEST(Screens, NeverShowWaitingOrTroubleUnderAPerfectPicture) {
  for (const auto& [name, card] : everyday_screens(library().ru)) {
    if (name.starts_with("status_") || name.starts_with("cancelled_")) {
      const auto* preview = std::get_if<photo::Preview>(&card.photo);
      EXPECT_TRUE(preview == nullptr ? std::holds_alternative<photo::Drawing>(card.photo) : !preview->waiting.empty())
          << name;
    }
    if (name.starts_with("failed_") || name.starts_with("problem_") || name.starts_with("settings") ||
        name.starts_with("help") || name == "confirm_prompt") {
      EXPECT_TRUE(std::holds_alternative<photo::Drawing>(card.photo)) << name;
    }
  }
}

TEST(Screens, KeepLabelsWithinTheBudgetOfTheirRow) {
  for (const char* language : {"ru", "en"}) {
    for (const auto& [name, card] : everyday_screens(library().in(language))) {
      for (const Row& row : card.keyboard) {
        const std::size_t budget = row.size() == 1 ? 34 : row.size() == 2 ? 18 : 10;
        for (const Button& button : row) {
          EXPECT_LE(texts::utf16_length(button.text), budget) << language << "/" << name << ": " << button.text;
        }
      }
    }
  }
}

TEST(Screens, AlwaysHaveAWayToTheMenuOrOnwards) {
  for (const auto& [name, card] : all_screens()) {
    bool home = false;
    for (const Row& row : card.keyboard) {
      for (const Button& button : row) {
        home = home || button.data == encode(frame::Home{});
      }
    }
    // While everything is deleted there is nowhere to go.
    const bool leads_nowhere = name.find("person.erasing") != std::string::npos;
    EXPECT_TRUE(home || leads_nowhere || name.find("/home") != std::string::npos) << name;
  }
}

TEST(Screens, LeaveNoPlaceholderUnfilled) {
  for (const char* language : {"ru", "en"}) {
    for (const auto& [name, card] : everyday_screens(library().in(language))) {
      EXPECT_EQ(card.caption.text.find_first_of("{}<>"), std::string::npos) << name << "\n" << card.caption.text;
      for (const Row& row : card.keyboard) {
        for (const Button& button : row) {
          EXPECT_EQ(button.text.find_first_of("{}<>"), std::string::npos) << name << " " << button.text;
        }
      }
    }
  }
}

// Rows 18 and 19 of docs/design/bad_input.md.
TEST(Screens, ShowMarkupAndFormatsThatAPersonTypedLiterally) {
  const auto cards = worst_screens(library().ru);
  EXPECT_NE(cards.at("confirm_prompt").caption.text.find("</blockquote>{prompt}"), std::string::npos);
  EXPECT_NE(cards.at("welcome").caption.text.find("<b>{n}🎨</b>%s"), std::string::npos);
  ASSERT_EQ(cards.at("confirm_prompt").caption.spans.size(), 2U);
}

TEST(Screens, ListEveryStyleInWordsBesideThePicture) {
  const Card card = everyday_screens(library().ru).at("category");
  for (const char* line : {"1 Деловой", "2 Деловой 🔥", "3 Деловой 🔒", "4 Деловой"}) {
    EXPECT_NE(card.caption.text.find(line), std::string::npos) << line;
  }
}

TEST(Screens, AskFirstWhenTheStyleIsPremiumOrDearOrThePersonWantsIt) {
  const StyleItem plain{"a", "", "", "", 5, false, false};
  const StyleItem premium{"a", "", "", "", 5, false, true};
  EXPECT_TRUE(starts_at_once(plain, false, 10));
  EXPECT_FALSE(starts_at_once(plain, false, 9));
  EXPECT_FALSE(starts_at_once(plain, true, 100));
  EXPECT_FALSE(starts_at_once(premium, false, 100));
}

TEST(Screens, GoRoundTheFormatsAndStartAnewAfterAForeignOne) {
  EXPECT_EQ(layout::next_of({"3:4", "1:1"}, "3:4"), "1:1");
  EXPECT_EQ(layout::next_of({"3:4", "1:1"}, "1:1"), "3:4");
  EXPECT_EQ(layout::next_of({"3:4", "1:1"}, "5:7"), "3:4");
  EXPECT_EQ(layout::next_of({}, "5:7"), "5:7");
}

TEST(Screens, KeepToastsWithinTelegramsLimit) {
  for (const char* language : {"ru", "en"}) {
    for (const Errc code :
         {Errc::limit_active, Errc::limit_rate, Errc::not_found, Errc::already_deleted, Errc::template_unknown,
          Errc::template_disabled, Errc::template_premium, Errc::option_out_of_range}) {
      const problem::ProblemView view{.code = code, .about = about::Wait{999'999'999}, .avatar = {}, .support = {}};
      const auto toast = problem::problem_toast(library().in(language), view);
      ASSERT_TRUE(toast) << code_of(code);
      EXPECT_LE(texts::utf16_length(*toast), kToastMax);
    }
  }
}

// Rows 24 to 26 of docs/design/bad_input.md: the sentences name the figures.
TEST(Screens, NameTheFiguresOfARefusal) {
  const auto& t = library().ru;
  EXPECT_EQ(*problem::problem_toast(t, {.code = Errc::limit_active, .about = {}, .avatar = {}, .support = {}}),
            "Уже создаю 2 изображения. Дождитесь одного из них.");
  EXPECT_EQ(
      *problem::problem_toast(t, {.code = Errc::limit_rate, .about = about::Wait{12}, .avatar = {}, .support = {}}),
      "Слишком часто. Следующее — через 12 секунд.");
  const auto cards = everyday_screens(t);
  EXPECT_NE(cards.at("problem_credits.insufficient").caption.text.find("Не хватает 1 монеты"), std::string::npos);
  EXPECT_NE(cards.at("problem_prompt.too_long").caption.text.find("2345 из 1000"), std::string::npos);
}

// Set AISHA_WRITE_GOLDEN to rewrite the files after a wanted change, and read the difference.
TEST(Screens, LookAsTheGoldenFilesSay) {
  for (const char* language : {"ru", "en"}) {
    std::string now;
    for (const auto& [name, card] : everyday_screens(library().in(language))) {
      now += "=== " + name + "\n" + describe(card) + "\n";
    }
    const std::string path =
        aisha::fakes::source_dir() + "/tests/unit/bot/features/golden/screens." + language + ".txt";
    if (std::getenv("AISHA_WRITE_GOLDEN") != nullptr) {
      std::ofstream(path) << now;
    }
    std::ifstream in(path);
    const std::string golden(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(golden, now) << path;
  }
}

}  // namespace
}  // namespace aisha::bot
