// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "services/generations/model_check.hpp"
#include "stores/jobs/model_states.hpp"
#include "tests/unit/catalog/models/rows.hpp"
#include "tests/unit/services/jobs/job_test.hpp"

namespace aisha::services {
namespace {

using ::testing::SizeIs;

constexpr const char* kLora = "fal-ai/flux-lora";
constexpr const char* kNext = "owner/next-lora";

/// A price list in memory: what is not in it is not listed.
class FakePrices final : public providers::PriceList {
 public:
  std::map<std::string, providers::ListedPrice> listed;
  Task<Result<std::optional<providers::ListedPrice>>> price_of(std::string endpoint) override {
    ++asked;
    const auto found = listed.find(endpoint);
    co_return found == listed.end() ? std::nullopt : std::optional(found->second);
  }
  int asked = 0;
};

class Retirement : public JobTest {
 protected:
  /// A second row for LoRAs stands behind the first one.
  void add_row() {
    auto files = catalog::testing::shipped_files();
    files["next.toml"] = catalog::testing::with(
        catalog::testing::with(files.at("flux-lora.toml"), "id = \"flux-lora\"", "id = \"next-lora\""),
        "endpoint = \"fal-ai/flux-lora\"", "endpoint = \"owner/next-lora\"");
    files.at("routes.toml") = catalog::testing::with(files.at("routes.toml"), "\"flux-lora\", \"flux-2",
                                                     "\"flux-lora\", \"next-lora\", \"flux-2");
    world_.models.put(catalog::testing::parsed(files).value());
  }
  /// The same behind the one that begins with a finished picture.
  void add_picture_row() {
    auto files = catalog::testing::shipped_files();
    files["next.toml"] =
        catalog::testing::with(catalog::testing::with(files.at("flux-lora-picture.toml"), "id = \"flux-lora-picture\"",
                                                      "id = \"next-picture\""),
                               "endpoint = \"fal-ai/flux-lora/image-to-image\"", "endpoint = \"owner/next-picture\"");
    files.at("routes.toml") = catalog::testing::with(files.at("routes.toml"), "[\"flux-lora-picture\"]",
                                                     "[\"flux-lora-picture\", \"next-picture\"]");
    world_.models.put(catalog::testing::parsed(files).value());
  }
  std::string model() { return world_.picture(id()).model; }
  bool is_off(std::string_view endpoint) {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    for (const auto& state : world_.run(stores::model_states::all(unit))) {
      if (state.endpoint == endpoint) {
        return state.is_off;
      }
    }
    return false;
  }

  FakePrices prices_;
  ModelCheck check_{world_.context, world_.models, prices_, world_.model_switch};
};

TEST_F(Retirement, AnEndpointThatIsGoneAtTheSubmitGivesWayToTheNextRow) {
  add_row();
  provider().submits.push_back(fail(Errc::provider_gone));
  submit();
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_EQ(model(), kNext);
  EXPECT_TRUE(held());
  EXPECT_TRUE(is_off(kLora));
  submit();
  ASSERT_THAT(provider().submitted, SizeIs(2));
  EXPECT_EQ(provider().submitted[1].endpoint, kNext);
  EXPECT_EQ(provider().submitted[1].input, provider().submitted[0].input) << "the same picture, seed and all";
  EXPECT_EQ(state(), domain::JobState::running);
  EXPECT_EQ(world_.job(id()).max_attempts, world_.policy.max_attempts + 1) << "the refused attempt is given back";
}

TEST_F(Retirement, Row145WithoutAnotherRowTheCoinsReturnAndThePersonIsTold) {
  provider().submits.push_back(fail(Errc::provider_gone));
  submit();
  expect_end(domain::JobState::failed, "provider.gone", Meaning::job_failed);
  EXPECT_TRUE(is_off(kLora));
  EXPECT_FALSE(is_off("fal-ai/flux-pro/v1.1-ultra"));
}

TEST_F(Retirement, APictureOfAPictureIsMadeOfItElsewhereOrNotAtAll) {
  world_.settle();
  GenerationOrder order = world_.order();
  order.source = id();
  order.source_step = 0;
  ticket_ = world_.tap(person_, order);
  ASSERT_EQ(world_.step(world_.prepare_worker), 1);
  provider().submits.push_back(fail(Errc::provider_gone));
  submit();
  EXPECT_EQ(state(), domain::JobState::failed) << "a row that begins with words alone would make another picture";
  EXPECT_EQ(world_.free_coins(person_), 25 - ticket_.price);

  add_picture_row();
  world_.models.put_off({});
  ticket_ = world_.tap(person_, order);
  ASSERT_EQ(world_.step(world_.prepare_worker), 1);
  provider().submits.push_back(fail(Errc::provider_gone));
  submit();
  submit();
  EXPECT_EQ(provider().submitted.back().endpoint, "owner/next-picture");
  EXPECT_NE(provider().submitted.back().input.find("https://v3.fal.media/up-"), std::string::npos);
}

TEST_F(Retirement, AnEndpointThatIsGoneAtTheResultIsMadeByTheNextRow) {
  add_row();
  submit();
  provider().results.push_back(fail(Errc::provider_gone));
  poll();
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_EQ(model(), kNext);
  world_.clock.advance(world_.policy.submit_backoff);
  submit();
  EXPECT_EQ(provider().submitted.back().endpoint, kNext);
}

TEST_F(Retirement, AnotherProcessHearsOfItAndAnOperatorBringsItBack) {
  provider().submits.push_back(fail(Errc::provider_gone));
  submit();
  world_.models.put_off({});
  world_.run(world_.model_switch.run());
  EXPECT_THAT(world_.models.off(), ::testing::ElementsAre(kLora));
  stores::UnitOfWork unit(*world_.db, world_.rng);
  EXPECT_TRUE(world_.run(stores::model_states::switch_on(unit, kLora)));
  EXPECT_FALSE(world_.run(stores::model_states::switch_on(unit, kLora))) << "it is on already";
  world_.run(world_.model_switch.run());
  EXPECT_TRUE(world_.models.off().empty());
}

TEST_F(Retirement, WhatThePriceListMissesTwiceADayApartIsSwitchedOffAndOnceListedOnAgain) {
  for (const auto& row : world_.models.all()) {
    prices_.listed[row->endpoint] = {35'000, "images"};
  }
  prices_.listed.erase(kLora);
  world_.run(check_.run());
  EXPECT_FALSE(is_off(kLora)) << "it may be a list that is written anew";
  const int asked = prices_.asked;
  world_.run(check_.run());
  EXPECT_EQ(prices_.asked, asked) << "once a day";
  world_.clock.advance(std::chrono::days(1));
  world_.run(check_.run());
  EXPECT_TRUE(is_off(kLora));
  EXPECT_TRUE(world_.models.off().contains(kLora));
  prices_.listed[kLora] = {35'000, "megapixels"};
  world_.clock.advance(std::chrono::days(1));
  world_.run(check_.run());
  EXPECT_FALSE(is_off(kLora));
  EXPECT_TRUE(world_.models.off().empty());
}

TEST_F(Retirement, WhatWasListedYesterdayIsNotSwitchedOffByTheFirstLookThatMissesIt) {
  for (const auto& row : world_.models.all()) {
    prices_.listed[row->endpoint] = {35'000, "images"};
  }
  for (int day = 0; day < 3; ++day) {
    world_.run(check_.run());
    world_.clock.advance(std::chrono::days(1));
  }
  prices_.listed.erase(kLora);
  world_.run(check_.run());
  EXPECT_FALSE(is_off(kLora));
  prices_.listed[kLora] = {35'000, "megapixels"};
  world_.clock.advance(std::chrono::days(1));
  world_.run(check_.run());
  prices_.listed.erase(kLora);
  world_.clock.advance(std::chrono::days(1));
  world_.run(check_.run());
  EXPECT_FALSE(is_off(kLora)) << "it was there in between";
  world_.clock.advance(std::chrono::days(1));
  world_.run(check_.run());
  EXPECT_TRUE(is_off(kLora));
}

TEST_F(Retirement, AListThatHasNoneOfTheRowsSwitchesNothingOff) {
  for (int day = 0; day < 3; ++day) {
    world_.run(check_.run());
    world_.clock.advance(std::chrono::days(1));
  }
  EXPECT_TRUE(world_.models.off().empty());
  EXPECT_FALSE(is_off(kLora));
}

TEST_F(Retirement, WhatAnOperatorSwitchedOffStaysOffThoughItIsListed) {
  prices_.listed[kLora] = {35'000, "megapixels"};
  stores::UnitOfWork unit(*world_.db, world_.rng);
  EXPECT_TRUE(world_.run(stores::model_states::switch_off(unit, kLora, "operator")));
  world_.run(check_.run());
  EXPECT_TRUE(is_off(kLora));
}

TEST_F(Retirement, APriceMoreThanATenthAwayIsReported) {
  prices_.listed[kLora] = {39'000, "megapixels"};
  prices_.listed["fal-ai/flux-pro/v1.1-ultra"] = {60'000, "images"};
  for (const ModelLook& look : world_.run(check_.look())) {
    EXPECT_EQ(look.is_dearer, look.endpoint == kLora) << look.endpoint;
  }
}

}  // namespace
}  // namespace aisha::services
