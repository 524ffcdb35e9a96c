// SPDX-License-Identifier: Apache-2.0
// sim_world [--seeds N] [--first S] [--verbose] runs seeds and prints them; otherwise it is a GoogleTest binary.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>

#include "base/log.hpp"
#include "tests/sim/world/run.hpp"

namespace aisha::sim {
namespace {

constexpr std::uint64_t kSeeds = 500;

/// What the checker says of the first seed that it catches at `sentence`; "" when it catches none.
std::string first_catch(Mutation mutation, std::uint64_t seeds, void (*shape)(Plan&), std::string_view sentence = {}) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Plan plan = plan_of(seed);
    plan.mutation = mutation;
    shape(plan);
    const Report report = run(plan);
    if (!report.violations.empty() && report.text().contains(sentence)) {
      return report.text();
    }
  }
  return {};
}

/// The checker bites at what is missing.
void expect_caught(Mutation mutation, void (*shape)(Plan&), std::string_view sentence) {
  ASSERT_FALSE(sentence.empty());
  EXPECT_NE(first_catch(mutation, 60, shape, sentence), "") << sentence;
}

void as_drawn(Plan&) {}

/// Lost answers and a webhook that tells about them; nothing else goes wrong.
void lost_answers(Plan& plan) {
  plan.webhooks = true;
  plan.zombies = false;
  plan.outages = false;
  plan.rates = {};
  plan.rates.answer_lost = 150;
  plan.run_ms = 6'000;
  plan.policy = policy_of(plan);
  if (plan.mutation.no_adoption) {
    plan.policy.unconfirmed_wait = Millis(0);
  }
}

/// Much that two processes do at the same time.
void crowded(Plan& plan) {
  plan.webhooks = true;
  plan.zombies = true;
  plan.people = 6;
  plan.actions = 17;
  plan.rates.answer_lost = 150;
  plan.rates.commit_lost = 40;
  plan.rates.commit_unknown = 40;
  plan.policy = policy_of(plan);
}

void many_repeats(Plan& plan) {
  plan.rates.duplicate = 600;
}

/// People who make a few pictures and then do nothing but look after them; nothing goes wrong.
void tidy(Plan& plan) {
  plan.zombies = false;
  plan.outages = false;
  plan.rates = {};
  plan.people = 4;
  plan.actions = 60;
  plan.tidiness = 80;
  plan.shares = 0;
  plan.varies = 0;
  plan.curious = false;
  plan.leaving = 0;
  plan.policy = policy_of(plan);
}

/// The same, and they show them to each other.
void sociable(Plan& plan) {
  tidy(plan);
  plan.shares = 60;
}

TEST(Simulator, EverySeedKeepsEveryPromise) {
  std::int64_t pictures = 0;
  std::int64_t exports = 0;
  std::uint64_t crashes = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Report report = run(plan_of(seed));
    EXPECT_TRUE(report.violations.empty()) << report.text() << "\nagain: sim_world --first " << seed << " --seeds 1";
    pictures += report.pictures;
    exports += report.exports;
    crashes += report.crashes;
  }
  fmt::print("{} seeds, {} pictures, {} exports, {} crashes\n", kSeeds, pictures, exports, crashes);
  // A simulator in which nothing happens would be green as well.
  EXPECT_GT(pictures, 1'000);
  EXPECT_GT(exports, 100);
  EXPECT_GT(crashes, 300);
}

TEST(Simulator, TheSameSeedTwiceGivesTheSameTrace) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Report one = run(plan_of(seed));
    const Report two = run(plan_of(seed));
    EXPECT_EQ(one.text(), two.text());
  }
  EXPECT_NE(run(plan_of(1)).hash, run(plan_of(2)).hash);
}

TEST(Simulator, WithoutFencingAndStateGuardTheCheckerBites) {
  expect_caught({.no_fence = true}, crowded, "a wall of the schema was hit");
}

TEST(Simulator, WithoutDedupeTheCheckerBites) {
  EXPECT_EQ(first_catch({}, 20, many_repeats), "");
  expect_caught({.no_dedupe = true}, many_repeats, "I10");
}

TEST(Simulator, WithoutPromotionTheCheckerBites) {
  expect_caught({.no_promote = true}, as_drawn, "have 0 heads");
}

TEST(Simulator, AStutteringLedgerIsHarmlessBehindItsWallAndCaughtWithoutIt) {
  EXPECT_EQ(first_catch({.stutter = true}, 20, as_drawn), "");
  expect_caught({.no_one_resolution = true, .stutter = true}, as_drawn, "I5");
}

TEST(Simulator, AJobThatEndsWithoutItsPicturesRowIsCaught) {
  expect_caught({.no_ready_row = true}, as_drawn, "I13");
}

TEST(Simulator, APictureThatIsReadyWithoutBeingPaidIsCaught) {
  expect_caught({.no_capture = true}, as_drawn, "I5");
}

/// What is made is often no good; nothing else goes wrong.
void bad_pictures(Plan& plan) {
  plan.zombies = false;
  plan.outages = false;
  plan.rates = {};
  plan.rates.bad_picture = 500;
  plan.policy = policy_of(plan);
}

TEST(Simulator, ARerollThatIsChargedAnewIsCaught) {
  EXPECT_EQ(first_catch({}, 20, bad_pictures), "");
  expect_caught({.charged_anew = true}, as_drawn, "I21");
}

TEST(Simulator, AResultThatIsNoGoodIsMadeAnewAndSometimesInVain) {
  std::int64_t rerolls = 0;
  std::int64_t in_vain = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Plan plan = plan_of(seed);
    bad_pictures(plan);
    const Report report = run(plan);
    rerolls += report.rerolls;
    in_vain += report.defects;
  }
  EXPECT_GT(rerolls, 20);
  EXPECT_GT(in_vain, 5);
  EXPECT_LT(in_vain, rerolls);
}

TEST(Simulator, WithoutAdoptionLostAnswersArePaidTwice) {
  EXPECT_EQ(first_catch({}, 20, lost_answers), "");
  expect_caught({.no_adoption = true}, lost_answers, "made twice at fal");
}

TEST(Simulator, EveryWriteThatIsForgottenWhenAPictureChangesIsCaught) {
  EXPECT_EQ(first_catch({}, 10, tidy), "");
  struct Forgotten {
    std::string_view write;
    std::string_view sentence;
  };
  constexpr Forgotten kForgotten[] = {
      {"INSERT INTO user_days", "I14"},                                            // ready
      {"UPDATE user_days SET pictures = pictures - 1", "I14"},                     // removed
      {"UPDATE user_days SET pictures = pictures + 1", "I14"},                     // restored
      {"UPDATE user_days SET pictures = pictures - step.moved", "I14"},            // cleared
      {"UPDATE user_days SET pictures = pictures + step.moved", "I14"},            // and undone
      {"UPDATE user_days SET kept = kept + 1", "I14"},                             // a heart, a pin, a name
      {"UPDATE user_days SET kept = kept - 1", "I14"},                             // taken away
      {"DELETE FROM user_saved_images", "a wall of the schema was hit"},           // a heart, a pin that was the last
      {"UPDATE user_saved_images SET in_trash = $2", "I15"},                       // removed and restored
      {"UPDATE user_saved_images SET in_trash = true WHERE in_trash", "I15"},      // cleared
      {"UPDATE user_saved_images SET in_trash = false WHERE in_trash", "I15"},     // and undone
      {"UPDATE generation_requests SET deleted_batch = NULL, deleted_at", "I14"},  // an undo that only counts
  };
  for (const auto& [write, sentence] : kForgotten) {
    SCOPED_TRACE(write);
    expect_caught({.lost = write}, tidy, sentence);
  }
}

/// People who order several at once; nothing goes wrong.
void eager(Plan& plan) {
  tidy(plan);
  plan.tidiness = 0;
  plan.varies = 80;
}

TEST(Simulator, ABatchWhoseMembersAreNotCountedIsCaught) {
  EXPECT_EQ(first_catch({}, 10, eager), "");
  expect_caught({.lost = "UPDATE batches SET open"}, eager, "I20");
  expect_caught({.lost = "batches b WHERE c.chat_id"}, eager, "I20");
}

/// Fal gives up its models one after the other while people go on ordering; nothing else goes wrong.
void retiring(Plan& plan) {
  tidy(plan);
  plan.tidiness = 0;
  plan.retires = 3;
}

TEST(Simulator, AModelThatIsSwitchedOffAndAskedAllTheSameIsCaught) {
  EXPECT_EQ(first_catch({}, 20, retiring), "");
  expect_caught({.lost = "INSERT INTO model_states"}, retiring, "asked again and again");
}

TEST(Simulator, ALinkThatOutlivesItsPictureIsCaught) {
  EXPECT_EQ(first_catch({}, 10, sociable), "");
  expect_caught({.lost = "DELETE FROM share_links WHERE generation_id"}, sociable, "I16");
}

/// People who make pictures, look after them, leave and start anew; nothing goes wrong.
void restless(Plan& plan) {
  tidy(plan);
  plan.tidiness = 40;
  plan.actions = 40;
  plan.leaving = 80;
}

TEST(Simulator, EveryWriteThatIsForgottenWhenAPersonIsErasedIsCaught) {
  EXPECT_EQ(first_catch({}, 10, restless), "");
  struct Forgotten {
    std::string_view write;
    std::string_view sentence;
  };
  constexpr Forgotten kForgotten[] = {
      {"DELETE FROM request_keys", "I10"},
      {"DELETE FROM jobs WHERE id IN", "I13"},
      {"DELETE FROM user_days WHERE (user_id", "I17"},
      {"DELETE FROM user_settings", "I17"},
      {"DELETE FROM file_ids WHERE (photo_key", "I17"},
      {"DELETE FROM chats WHERE user_id", "I17"},
  };
  for (const auto& [write, sentence] : kForgotten) {
    SCOPED_TRACE(write);
    expect_caught({.lost = write}, restless, sentence);
  }
}

/// Exports are asked for, and sometimes go out while much goes wrong.
TEST(Simulator, AnExportThatForgetsHowFarItIsIsCaught) {
  expect_caught({.lost = "UPDATE data_requests SET step = $3, behind = $4, part = $5, parts = $6, tally = $7, next_at"},
                as_drawn, "export at part");
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc{} ? std::optional(out) : std::nullopt;
}

int run_seeds(std::uint64_t first, std::uint64_t seeds, bool verbose) {
  int bad = 0;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const Report report = run(plan_of(seed));
    bad += report.violations.empty() ? 0 : 1;
    if (verbose || !report.violations.empty()) {
      fmt::print("{}\n", report.text());
    }
  }
  fmt::print("{} seeds from {}, {} with violations\n", seeds, first, bad);
  return bad == 0 ? 0 : 1;
}

}  // namespace
}  // namespace aisha::sim

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::uint64_t seeds = 0;
  std::uint64_t first = 1;
  bool verbose = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    verbose = verbose || word == "--verbose";
    if (i + 1 < argc && word == "--seeds") {
      seeds = aisha::sim::number_of(argv[i + 1]).value_or(0);
    } else if (i + 1 < argc && word == "--first") {
      first = aisha::sim::number_of(argv[i + 1]).value_or(1);
    }
  }
  // The faults are the point: what the product logs about them would bury the report.
  aisha::log::start(verbose ? aisha::log::Level::info : aisha::log::Level::error, false);
  if (!verbose) {
    // Without it the run is the same, only noisier.
    [[maybe_unused]] const auto* silent = std::freopen("/dev/null", "w", stderr);
  }
  return seeds > 0 ? aisha::sim::run_seeds(first, seeds, verbose) : RUN_ALL_TESTS();
}
