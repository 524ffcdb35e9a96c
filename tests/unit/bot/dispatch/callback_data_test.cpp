// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/callback_data.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>

#include "base/rng.hpp"

namespace aisha::bot {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
const std::string kSlug(24, 'z');

Uuid full_id() {
  Uuid id;
  id.bytes.fill(0xFF);
  return id;
}

/// Every route with its longest arguments.
std::vector<Callback> longest_of_creating() {
  const Uuid id = full_id();
  return {frame::Home{},
          frame::Nothing{},
          create::Open{},
          create::Shelves{kMax},
          create::Category{std::string(16, 'k'), kMax, true},
          create::Style{kSlug, create::Origin::category},
          create::StyleRatio{kSlug, create::Origin::home, "16-99"},
          create::Generate{kSlug, kMax, kMax},
          create::GenerateLater{kSlug, kMax, kMax},
          prompt::Ask{},
          prompt::Ratio{"16-99"},
          prompt::Generate{kMax, kMax, "abcdef"},
          prompt::GenerateLater{kMax, kMax, "abcdef"},
          prompt::Take{"abcdef"},
          prompt::Idea{},
          prompt::Recent{},
          prompt::Use{id},
          prompt::Appeal{kMax},
          prompt::Enhance{true},
          job::Repeat{id, kMax, kMax},
          job::Cancel{id},
          picture::Download{id},
          picture::Remove{id},
          picture::RemoveKept{id},
          picture::Undo{id},
          settings::Open{},
          settings::Set{settings::Setting::quality, kSlug},
          settings::Languages{},
          settings::SetLanguage{"ru"},
          help::Open{}};
}

/// The same of one's own pictures, avatars and figures.
std::vector<Callback> longest_of_own() {
  const Uuid id = full_id();
  return {gallery::Newest{},
          gallery::Day{kMax, {PagePlace::Side::older, id}},
          gallery::Months{kMax, kMax},
          gallery::Picture{id, gallery::Origin::search},
          gallery::AskName{id},
          gallery::DropName{id},
          search::AskStyles{},
          search::Suggestion{kMax},
          search::AskPictures{},
          search::Results{{PagePlace::Side::older, id}},
          favourites::Heart{id, true, favourites::Origin::result},
          favourites::Pin{id, false, favourites::Origin::day},
          favourites::KeepStyle{kSlug, true, create::Origin::kept},
          favourites::KeepStyleOf{id, true, favourites::Origin::saved},
          favourites::Styles{kMax, true},
          favourites::Pictures{{PagePlace::Side::older, id}, true},
          favourites::Saved{{PagePlace::Side::newer, id}, true},
          favourites::TakeOut{favourites::List::saved, id},
          bin::Open{{PagePlace::Side::older, id}},
          bin::Picture{id},
          bin::AskForEver{id},
          bin::ForEver{id},
          bin::Clear{},
          bin::AskClear{bin::Scope::all},
          bin::DoClear{bin::Scope::unkept, kMax},
          bin::UndoClear{id},
          settings::Zones{kMax},
          settings::SetZone{kMax},
          settings::AskZone{},
          statistics::Open{},
          avatars::List{kMax, avatars::Origin::card, true},
          avatars::MakeMain{id, avatars::Origin::create},
          avatars::Open{id},
          avatars::AskName{id},
          avatars::AskDelete{id},
          avatars::Delete{id},
          avatars::Undo{id},
          photos::Ways{},
          photos::Consent{id},
          photos::Agree{id, photos::Way::references, photos::Who::unsaid},
          photos::Open{id},
          photos::DropWeak{id},
          photos::Discard{id},
          sharing::Share{id},
          sharing::SendCopy{id},
          sharing::Close{id},
          privacy::Open{},
          privacy::Export{},
          privacy::StopExport{},
          privacy::AskErase{},
          privacy::Erase{kMax}};
}

std::vector<Callback> longest_of_varying() {
  const Uuid id = full_id();
  return {variants::Again{id, kMax, kMax},
          variants::Several{id, kMax, kMax},
          variants::Better{id, kMax, kMax},
          variants::Format{id, "21-99", kMax, kMax},
          variants::Likeness{id, variants::Likeness::Way::down, kMax, kMax},
          variants::Repaint{id, variants::Repaint::Step::free, kMax, kMax},
          variants::AskWords{id},
          variants::Change{kMax, kMax, "0a1b2c"},
          variants::Open{id},
          variants::Family{id, {PagePlace::Side::older, id}},
          batch::CancelAll{id},
          batch::Missing{id, kMax, kMax}};
}

std::vector<Callback> longest() {
  std::vector<Callback> out = longest_of_creating();
  std::ranges::copy(longest_of_varying(), std::back_inserter(out));
  std::ranges::copy(longest_of_own(), std::back_inserter(out));
  return out;
}

std::string written(const Callback& callback) {
  return std::visit([](const auto& route) { return encode(route); }, callback);
}

TEST(CallbackData, FitsTelegramsLimitForEveryRouteAtItsLongest) {
  ASSERT_EQ(longest().size(), std::variant_size_v<Callback>);
  for (const Callback& callback : longest()) {
    const std::string data = written(callback);
    EXPECT_EQ(data.size(), std::visit([]<Route R>(const R&) { return longest_form<R>(); }, callback)) << data;
    EXPECT_LE(data.size(), kCallbackMaxBytes) << data;
    EXPECT_GE(data.size(), 2U);
  }
}

TEST(CallbackData, ReadsBackWhatItWrote) {
  for (const Callback& callback : longest()) {
    const auto back = decode(written(callback));
    ASSERT_TRUE(back) << written(callback);
    EXPECT_EQ(*back, callback) << written(callback);
  }
}

TEST(CallbackData, IsWrittenAsTheDesignSays) {
  EXPECT_EQ(encode(create::Generate{"business", 3, 5}), "1g:business:3:5");
  EXPECT_EQ(encode(prompt::Generate{36, 5, "0a1b2c"}), "1gc:10:5:0a1b2c");
  EXPECT_EQ(encode(prompt::Take{"0a1b2c"}), "1pt:0a1b2c");
  EXPECT_EQ(encode(frame::Home{}), "1h");
  EXPECT_EQ(encode(privacy::Open{}), "1md");
  EXPECT_EQ(encode(privacy::Erase{37}), "1ey:11");
  EXPECT_EQ(encode(create::Category{"portrait", 0, false}), "1k:portrait:0");
  EXPECT_EQ(encode(create::Category{"portrait", 37, true}), "1k:portrait:11:i");
  EXPECT_EQ(encode(create::Style{"business", create::Origin::category}), "1s:business:k");
}

// Rows 9 and 14 of docs/design/bad_input.md.
TEST(CallbackData, RefusesEmptyLongForeignAndForgedData) {
  for (const std::string& data : {std::string(),
                                  std::string("1"),
                                  std::string("h"),
                                  std::string("2h"),
                                  std::string("1h:"),
                                  std::string("1h:x"),
                                  std::string("1k"),
                                  std::string("1k:"),
                                  std::string("1k:portrait"),
                                  std::string("1k:portrait:-1"),
                                  std::string("1k:portrait:00"),
                                  std::string("1k:portrait:0:j"),
                                  std::string("1k:portrait:0:i:i"),
                                  std::string("1k:Portrait:0"),
                                  std::string("1g:business:zzzzzzzzzzzzzz:5"),
                                  std::string("1g:business:"),
                                  std::string("1g:business:3"),
                                  std::string("1g::3:5"),
                                  std::string("1g:бизнес:3:5"),
                                  std::string("1x:abc"),
                                  std::string("1x:") + std::string(22, '='),
                                  std::string("1x:") + std::string(21, 'A') + "B",
                                  std::string("1s:business:z"),
                                  std::string("1zz"),
                                  std::string("gen_template:business"),
                                  std::string(65, '1'),
                                  std::string("1h\0", 3),
                                  std::string("\xff\xfe")}) {
    const auto back = decode(data);
    ASSERT_FALSE(back) << data;
    EXPECT_EQ(back.error().code, Errc::callback_unknown);
  }
}

TEST(CallbackData, AcceptsOfRandomBytesOnlyWhatItWouldWriteItself) {
  SeededRng rng(7);
  const std::string_view alphabet = "1hckgspxdrmunel:0123456789abcABC-_=\xFF";
  int accepted = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string data;
    const auto length = rng.below(12);
    for (std::uint64_t k = 0; k < length; ++k) {
      data += alphabet[rng.below(alphabet.size())];
    }
    if (i % 2 == 0) {
      data = "1" + data;
    }
    if (const auto back = decode(data)) {
      ++accepted;
      EXPECT_EQ(written(*back), data);
    }
  }
  EXPECT_GT(accepted, 100);
}

TEST(CallbackData, SurvivesEveryOneByteChangeOfValidData) {
  for (const Callback& callback : longest()) {
    const std::string good = written(callback);
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string bad = good;
        bad[at] = static_cast<char>(byte);
        if (const auto back = decode(bad)) {
          EXPECT_EQ(written(*back), bad);
        }
      }
    }
  }
}

TEST(CallbackData, RefusesToWriteAnythingButASlug) {
  EXPECT_THROW(encode(create::Generate{"Деловой", 1, 5}), std::logic_error);
  EXPECT_THROW(encode(create::Generate{"", 1, 5}), std::logic_error);
  EXPECT_THROW(encode(create::Generate{std::string(25, 'a'), 1, 5}), std::logic_error);
}

}  // namespace
}  // namespace aisha::bot
