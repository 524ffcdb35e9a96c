// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "services/generations/progress.hpp"
#include "tests/fakes/service_world.hpp"
#include "tests/unit/catalog/models/rows.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;

class RequestsTest : public testing::Test {
 protected:
  Errc refusal(GenerationOrder order, std::int64_t person = ServiceWorld::kChat) {
    auto turn = world_.open(person);
    const auto got = world_.request(turn, std::move(order), "tap:1:1:" + std::to_string(++keys_));
    world_.run(turn.commit()).value();
    return got ? Errc::unavailable : got.error().code;
  }
  AcceptedOrder made(GenerationOrder order) {
    auto turn = world_.open(ServiceWorld::kChat);
    const auto got = world_.request(turn, std::move(order), "tap:1:1:" + std::to_string(++keys_));
    world_.run(turn.commit()).value();
    return got.value();
  }
  void change_avatar(sql::Text update) {
    world_.meet();
    world_.run(world_.db->write({{sql::Statement(update), 1}})).value();
  }

  ServiceWorld world_;
  int keys_ = 0;
};

TEST_F(RequestsTest, ATapMakesAQueuedGenerationWithItsHoldAndItsStatus) {
  const AcceptedOrder accepted = world_.tap();
  EXPECT_FALSE(accepted.repeated);
  EXPECT_EQ(accepted.balance, 25 - accepted.price);
  EXPECT_EQ(world_.free_coins(), 25 - accepted.price);
  const auto job = world_.job(accepted.id);
  EXPECT_EQ(job.state, domain::JobState::queued);
  EXPECT_EQ(job.model, "fal-ai/flux-lora");
  EXPECT_EQ(world_.picture(accepted.id).prompt.find("TOK"), 0U);
  EXPECT_EQ(world_.picture(accepted.id).quality_preset, "ultra");
  EXPECT_NE(job.input.find("\"loras\""), std::string::npos);
  EXPECT_EQ(world_.step(world_.outbox_worker), 1);
  EXPECT_EQ(world_.told(), std::vector({Meaning::job_status}));
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(RequestsTest, TheCardIsHandedOverToTheGeneration) {
  world_.meet();
  auto turn = world_.open();
  turn.chat().row.card_message_id = 42;
  const auto revision = turn.chat().row.card_revision;
  const auto accepted = world_.request(turn, world_.order(), "tap:1:42:0");
  ASSERT_TRUE(accepted);
  EXPECT_EQ(turn.chat().row.card_message_id, 0);
  EXPECT_EQ(turn.chat().row.card_revision, revision + 1);
  ASSERT_TRUE(world_.run(turn.commit()));
  EXPECT_EQ(world_.job(accepted->id).status_message_id, 42);
}

TEST_F(RequestsTest, Row11ASecondTapUnderTheSameKeyMakesNothingAndNamesTheFirst) {
  world_.meet();
  auto first = world_.open();
  const auto made = world_.request(first, world_.order(), "tap:1:1:0");
  ASSERT_TRUE(world_.run(first.commit()));
  auto second = world_.open();
  const auto again = world_.request(second, world_.order(), "tap:1:1:0");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->id, made->id);
  ASSERT_TRUE(world_.run(second.commit()));
  EXPECT_EQ(world_.number("SELECT count(*) FROM generation_requests"), 1);
  EXPECT_EQ(world_.free_coins(), 25 - made->price);
}

TEST_F(RequestsTest, AnOlderButtonInTheMessageOfAPictureMakesNothing) {
  world_.meet();
  auto first = world_.open();
  first.chat().row.card_message_id = 42;
  ASSERT_TRUE(world_.request(first, world_.order(), "tap:1:42:7"));
  ASSERT_TRUE(world_.run(first.commit()));
  auto second = world_.open();
  const auto older = world_.request(second, world_.order(), "tap:1:42:6");
  ASSERT_FALSE(older);
  EXPECT_EQ(older.error().code, Errc::callback_unknown);
  EXPECT_TRUE(world_.request(second, world_.order(), "tap:1:421:6")) << "another message";
  EXPECT_TRUE(world_.request(second, world_.order(), "tap:1:42:10")) << "another bot's message of the same number";
}

TEST_F(RequestsTest, Row20AnUnknownStyleIsRefused) {
  GenerationOrder order;
  order.template_id = "no-such-style";
  EXPECT_EQ(refusal(order), Errc::template_unknown);
}

TEST_F(RequestsTest, Rows16And17OwnPromptsAreChecked) {
  GenerationOrder order;
  order.prompt = "  \n ";
  EXPECT_EQ(refusal(order), Errc::prompt_empty);
  order.prompt = std::string(1001, 'a');
  EXPECT_EQ(refusal(order), Errc::prompt_too_long);
}

TEST_F(RequestsTest, Row19AnOwnPromptIsTakenLiterally) {
  world_.meet();
  auto turn = world_.open();
  GenerationOrder order;
  order.prompt = "{} %s ${x} '; DROP TABLE users";
  const auto accepted = world_.request(turn, order, "msg:1:1");
  ASSERT_TRUE(accepted);
  ASSERT_TRUE(world_.run(turn.commit()));
  EXPECT_EQ(world_.picture(accepted->id).custom_prompt, order.prompt);
}

TEST_F(RequestsTest, Row21AnExplicitOptionOutOfRangeIsRefused) {
  GenerationOrder order = world_.order();
  order.aspect_ratio = "16:0";
  EXPECT_EQ(refusal(order), Errc::option_out_of_range);
}

TEST_F(RequestsTest, AQualityThatTheRowLacksGivesWayToItsDefault) {
  GenerationOrder order = world_.order();
  order.quality_preset = "of another row";
  EXPECT_EQ(world_.picture(made(order).id).quality_preset, "balanced");
}

TEST_F(RequestsTest, ASurchargeOfTheQualityIsPartOfThePrice) {
  auto files = catalog::testing::shipped_files();
  files.at("flux-lora.toml") =
      catalog::testing::with(files.at("flux-lora.toml"), "[presets.ultra]", "[presets.ultra]\nsurcharge = 3");
  world_.models.put(catalog::testing::parsed(files).value());
  EXPECT_EQ(world_.picture(made(world_.order()).id).quality_preset, "quality") << "auto costs no more";
  GenerationOrder order = world_.order();
  order.quality_preset = "ultra";
  EXPECT_EQ(made(order).price, world_.policy.price + 3);
}

TEST_F(RequestsTest, Row22WithoutAUsableAvatarNothingIsMade) {
  change_avatar("UPDATE avatars SET status = 'TRAINING'");
  EXPECT_EQ(refusal(world_.order()), Errc::avatar_training);
  change_avatar("UPDATE avatars SET status = 'ERROR'");
  EXPECT_EQ(refusal(world_.order()), Errc::avatar_failed);
  change_avatar("DELETE FROM avatars");
  EXPECT_EQ(refusal(world_.order()), Errc::avatar_none);
}

TEST_F(RequestsTest, Row23AnAvatarWithoutItsTriggerIsBrokenAndNothingIsCharged) {
  change_avatar("UPDATE avatars SET trigger_word = '', trigger_phrase = NULL");
  EXPECT_EQ(refusal(world_.order()), Errc::avatar_broken);
  EXPECT_EQ(world_.free_coins(), 25);
}

TEST_F(RequestsTest, Row24AThirdGenerationInFlightIsRefused) {
  world_.tap();
  world_.tap();
  EXPECT_EQ(refusal(world_.order()), Errc::limit_active);
}

TEST_F(RequestsTest, Row25TooManyRequestsHaveToWaitForTheNamedSeconds) {
  world_.policy.rate_requests = 1;
  world_.tap();
  world_.clock.advance(Millis(20'000));
  auto turn = world_.open();
  const auto refused = world_.request(turn, world_.order(), "tap:1:1:9");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::limit_rate);
  EXPECT_EQ(std::get<about::Wait>(refused.error().about).seconds, 40);
}

TEST_F(RequestsTest, TwoProcessesShareTheRateOfRequests) {
  world_.policy.rate_requests = 1;
  world_.tap();
  // Another process: services of its own over the same database and the same short memory.
  ProviderState state(world_.context);
  Generations other(world_.context, {*world_.templates, world_.models},
                    {world_.pictures, state, world_.usual_times, world_.gate});
  auto turn = world_.open();
  GenerationOrder order = world_.order();
  order.key = "tap:1:1:9";
  const auto refused = world_.run(other.request(turn.actor(), order, Place{turn.chat(), 1}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::limit_rate);
}

TEST_F(RequestsTest, ARequestThatComesBackAfterAConflictCountsOnce) {
  world_.policy.rate_requests = 2;
  world_.meet();
  {
    // Never committed: a conflict sends it back each time.
    auto turn = world_.open();
    for (int i = 0; i < 5; ++i) {
      ASSERT_TRUE(world_.request(turn, world_.order(), "tap:1:1:9"));
    }
  }
  world_.clock.advance(world_.policy.lease);
  world_.tap();
  EXPECT_EQ(refusal(world_.order()), Errc::limit_rate);
}

TEST_F(RequestsTest, TheFollowersWordReachesAnotherProcess) {
  const AcceptedOrder accepted = world_.tap();
  world_.step(world_.submit_worker);
  ASSERT_EQ(world_.job(accepted.id).state, domain::JobState::running);
  world_.run(note_progress(world_.context, accepted.id, {3, 12}));
  ProviderState state(world_.context);
  Generations other(world_.context, {*world_.templates, world_.models},
                    {world_.pictures, state, world_.usual_times, world_.gate});
  const auto seen = world_.run(other.status(accepted.id));
  EXPECT_EQ(seen->queue_position, 3);
  EXPECT_EQ(seen->usual_seconds, 12);
  world_.run(note_progress(world_.context, accepted.id, {std::nullopt, std::nullopt}));
  EXPECT_EQ(world_.run(other.status(accepted.id))->queue_position, std::nullopt);
  world_.settle();
  EXPECT_FALSE(world_.run(progress_of(world_.context, accepted.id))) << "it has ended";
}

TEST_F(RequestsTest, Row26TooFewCoinsNameTheNeedAndTheHave) {
  world_.policy.starting_grant = 4;
  world_.meet();
  auto turn = world_.open();
  const auto refused = world_.request(turn, world_.order(), "tap:1:1:9");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::credits_insufficient);
  const auto coins = std::get<about::Need>(refused.error().about);
  EXPECT_EQ(coins.need, 5);
  EXPECT_EQ(coins.have, 4);
}

TEST_F(RequestsTest, Row46APausedProviderTakesNoMoneyAndNoRequest) {
  world_.run(world_.provider_state.refused(Errc::provider_balance));
  EXPECT_EQ(refusal(world_.order()), Errc::provider_balance);
  EXPECT_EQ(world_.free_coins(), 25);
}

TEST_F(RequestsTest, AFailedOrderCanBeGivenAgainAndIsNobodysParent) {
  for (int i = 0; i < 6; ++i) {
    world_.provider.results.push_back(fail(Errc::provider_failed));
  }
  const AcceptedOrder first = world_.tap();
  world_.settle();
  auto turn = world_.open();
  const Place place{turn.chat(), 1};
  const auto again = world_.run(world_.generations.repeat(turn.actor(), first.id, "tap:1:1:77", place, first.price));
  ASSERT_TRUE(again);
  ASSERT_TRUE(world_.run(turn.commit()));
  EXPECT_FALSE(world_.picture(again->id).parent_id) << "a picture that never came belongs into no family";
  EXPECT_EQ(world_.picture(again->id).template_id, world_.picture(first.id).template_id);
}

TEST_F(RequestsTest, Row10SomebodyElsesGenerationLooksAbsent) {
  const AcceptedOrder mine = world_.tap();
  auto stranger = world_.open(2002);
  Actor& actor = stranger.actor();
  const Place place{stranger.chat(), 2};
  const auto repeated = world_.run(world_.generations.repeat(actor, mine.id, "tap:2:2:2", place, mine.price));
  EXPECT_EQ(repeated.error().code, Errc::not_found);
  EXPECT_EQ(world_.run(world_.generations.cancel(actor, mine.id)).error().code, Errc::not_found);
  EXPECT_EQ(world_.run(world_.generations.status(actor.user().id, mine.id)).error().code, Errc::not_found);
}

TEST_F(RequestsTest, AConflictOnTheBalanceLeavesNothingBehind) {
  world_.meet();
  auto turn = world_.open();
  const auto accepted = world_.request(turn, world_.order(), "tap:1:1:0");
  ASSERT_TRUE(accepted);
  // Another process spent the coins between the look and the commit.
  world_
      .run(world_.db->write({{sql::Statement("UPDATE ledger_account SET balance = 4 WHERE kind = 'available' "
                                             "AND balance = 25"),
                              1}}))
      .value();
  EXPECT_EQ(world_.run(turn.commit()).error().code, Errc::conflict);
  EXPECT_EQ(world_.number("SELECT count(*) FROM generation_requests"), 0);
}

}  // namespace
}  // namespace aisha::services
