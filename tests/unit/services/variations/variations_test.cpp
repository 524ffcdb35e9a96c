// SPDX-License-Identifier: Apache-2.0
#include "services/variations/variations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using domain::Variation;
using fakes::ServiceWorld;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class VariationsTest : public testing::Test {
 protected:
  VariationsTest() { world_.policy.starting_grant = 100; }

  Uuid ready() {
    const Uuid id = world_.tap().id;
    world_.settle();
    return id;
  }
  Result<AcceptedVariation> vary(VariationOrder what, std::int64_t price = 5,
                                 std::int64_t person = ServiceWorld::kChat) {
    auto turn = world_.open(person);
    VariationTap tap{"tap:1:1:" + std::to_string(++keys_), {turn.chat(), 0}, price};
    auto accepted = world_.run(world_.variations.vary(turn.actor(), std::move(what), std::move(tap)));
    world_.run(turn.commit()).value();
    return accepted;
  }
  domain::Picture made(VariationOrder what, std::int64_t price = 5) {
    const Uuid id = vary(std::move(what), price).value().order.id;
    world_.settle();
    return world_.picture(id);
  }
  VariationChoices choices(const Uuid& picture) {
    auto turn = world_.open();
    auto found = world_.run(world_.variations.choices(turn.actor(), picture)).value();
    world_.run(turn.commit()).value();
    return found;
  }
  Variations::Family family(const Uuid& head) {
    return world_.run(world_.variations.family(world_.picture(head).user_id, head, {}, 8)).value();
  }
  void remove(const Uuid& picture) {
    auto turn = world_.open();
    world_.run(world_.gallery.remove(turn.actor(), picture, {})).value();
    world_.run(turn.commit()).value();
  }
  void change(sql::Text statement) {
    world_.run(world_.db->write({{sql::Statement(statement), std::nullopt}})).value();
  }

  ServiceWorld world_;
  int keys_ = 0;
};

TEST_F(VariationsTest, AgainIsTheSameUnderAnotherSeed) {
  const Uuid first = ready();
  const domain::Picture parent = world_.picture(first);
  const domain::Picture child = made({.picture = first, .kind = Variation::again});
  EXPECT_EQ(child.state, domain::PictureState::ready);
  EXPECT_EQ(child.parent_id, first);
  EXPECT_EQ(child.variation, Variation::again);
  EXPECT_EQ(child.prompt, parent.prompt);
  EXPECT_EQ(child.model, parent.model);
  EXPECT_EQ(child.aspect_ratio, parent.aspect_ratio);
  EXPECT_EQ(child.quality_preset, parent.quality_preset);
  EXPECT_NE(child.seed, parent.seed);
  EXPECT_EQ(world_.free_coins(), 90);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(VariationsTest, AnotherFormatIsWhatTheProviderIsAskedFor) {
  const Uuid first = ready();
  auto square = fakes::PlainImager::fine();
  square.width = square.height = 2048;
  world_.imager.inspections.push_back(std::move(square));
  const domain::Picture child = made({.picture = first, .kind = Variation::format, .ratio = "1:1"});
  EXPECT_EQ(child.state, domain::PictureState::ready);
  EXPECT_EQ(child.aspect_ratio, "1:1");
  EXPECT_EQ(child.variation, Variation::format);
  EXPECT_THAT(world_.provider.submitted.back().input, HasSubstr(R"("image_size":{"width":2048,"height":2048})"));
}

TEST_F(VariationsTest, AFormatThatNoRowHasIsRefusedAndNothingIsMade) {
  const Uuid first = ready();
  const auto refused = vary({.picture = first, .kind = Variation::format, .ratio = "7:5"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::option_out_of_range);
  EXPECT_EQ(world_.number("SELECT count(*) FROM generation_requests"), 1);
}

TEST_F(VariationsTest, ABetterQualityKeepsTheSeed) {
  world_.meet();
  auto turn = world_.open();
  GenerationOrder order = world_.order();
  order.quality_preset = "fast";
  const Uuid first = world_.request(turn, std::move(order), "tap:1:9:1").value().id;
  world_.run(turn.commit()).value();
  world_.settle();
  EXPECT_EQ(choices(first).better, "ultra");
  const domain::Picture child = made({.picture = first, .kind = Variation::quality});
  EXPECT_EQ(child.quality_preset, "ultra");
  EXPECT_EQ(child.seed, world_.picture(first).seed);
  EXPECT_EQ(choices(child.id).better, "") << "there is nothing better";
  EXPECT_EQ(vary({.picture = child.id, .kind = Variation::quality}).error().code, Errc::option_out_of_range);
}

TEST_F(VariationsTest, LikenessGoesThreeStepsAndKeepsTheSeed) {
  const Uuid first = ready();
  Uuid at = first;
  for (int step = 1; step <= 3; ++step) {
    EXPECT_TRUE(choices(at).can_be_closer);
    const domain::Picture child = made({.picture = at, .kind = Variation::likeness, .is_closer = true});
    EXPECT_EQ(child.likeness, step);
    EXPECT_EQ(child.seed, world_.picture(first).seed);
    at = child.id;
  }
  EXPECT_THAT(world_.provider.submitted.back().input, HasSubstr("\"scale\":1.45E0"));
  EXPECT_FALSE(choices(at).can_be_closer);
  EXPECT_TRUE(choices(at).can_be_freer);
  EXPECT_EQ(vary({.picture = at, .kind = Variation::likeness, .is_closer = true}).error().code,
            Errc::option_out_of_range);
  EXPECT_EQ(made({.picture = at, .kind = Variation::again}).likeness, 3) << "one like it is as like";
}

TEST_F(VariationsTest, ARepaintedOneBeginsWithThePictureAndSoDoesOneLikeIt) {
  const Uuid first = ready();
  EXPECT_TRUE(choices(first).can_be_repainted);
  const domain::Picture child = made({.picture = first, .kind = Variation::picture, .step = 2});
  ASSERT_EQ(child.state, domain::PictureState::ready);
  EXPECT_EQ(child.model, "fal-ai/flux-lora/image-to-image");
  EXPECT_EQ(child.source_id, first);
  EXPECT_EQ(child.source_step, 3);
  EXPECT_EQ(child.prompt, world_.picture(first).prompt);
  EXPECT_THAT(world_.provider.submitted.back().input, HasSubstr("\"strength\":9E-1"));
  EXPECT_THAT(world_.provider.submitted.back().input, HasSubstr("\"image_url\":"));
  const domain::Picture again = made({.picture = child.id, .kind = Variation::again});
  EXPECT_EQ(again.model, child.model);
  EXPECT_EQ(again.parent_id, child.id);
  EXPECT_EQ(again.source_id, first) << "it begins with the same picture";
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(VariationsTest, WordsChangeThePictureAndAreItsPrompt) {
  const Uuid first = ready();
  EXPECT_TRUE(choices(first).can_be_changed);
  const domain::Picture child =
      made({.picture = first, .kind = Variation::words, .words = "сделай фон осенним парком"});
  ASSERT_EQ(child.state, domain::PictureState::ready);
  EXPECT_EQ(child.model, "fal-ai/flux-pro/kontext");
  EXPECT_EQ(child.custom_prompt, "сделай фон осенним парком");
  EXPECT_EQ(child.template_id, "");
  EXPECT_EQ(child.source_id, first);
  const domain::Picture again = made({.picture = child.id, .kind = Variation::again});
  EXPECT_EQ(again.model, child.model);
  EXPECT_EQ(again.source_id, first);
  EXPECT_EQ(again.custom_prompt, child.custom_prompt);
}

TEST_F(VariationsTest, WithoutItsAvatarItIsMadeWithTheMainOneAndSaysSo) {
  const Uuid first = ready();
  change("UPDATE generation_requests SET avatar_id = NULL");
  EXPECT_TRUE(choices(first).is_other_avatar);
  const auto accepted = vary({.picture = first, .kind = Variation::again});
  ASSERT_TRUE(accepted);
  ASSERT_TRUE(accepted->other_avatar);
  EXPECT_EQ(world_.picture(accepted->order.id).avatar_id, accepted->other_avatar->id);
}

TEST_F(VariationsTest, SomebodyElsesAndARemovedPictureMakeNothing) {
  const Uuid first = ready();
  EXPECT_EQ(vary({.picture = first, .kind = Variation::again}, 5, 2002).error().code, Errc::not_found);
  remove(first);
  EXPECT_EQ(vary({.picture = first, .kind = Variation::again}).error().code, Errc::already_deleted);
  EXPECT_EQ(world_.number("SELECT count(*) FROM generation_requests"), 1);
}

TEST_F(VariationsTest, AnotherPriceThanTheCardShowedMakesNothing) {
  const Uuid first = ready();
  EXPECT_EQ(vary({.picture = first, .kind = Variation::again}, 4).error().code, Errc::price_changed);
  EXPECT_EQ(vary({.picture = first, .kind = Variation::batch}, 5).error().code, Errc::price_changed);
  EXPECT_EQ(world_.free_coins(), 95);
}

TEST_F(VariationsTest, ThreeGenerationsAreWalkedBothWays) {
  const Uuid first = ready();
  const Uuid second = made({.picture = first, .kind = Variation::again}).id;
  const Uuid third = made({.picture = second, .kind = Variation::again}).id;
  ASSERT_EQ(family(first).page.pictures.size(), 1U);
  EXPECT_EQ(family(first).page.pictures.front().picture.id, second);
  const auto middle = family(second);
  EXPECT_EQ(middle.head->ties.parent, first);
  EXPECT_TRUE(middle.head->ties.is_parent_live);
  EXPECT_EQ(middle.head->ties.children, 1);
  EXPECT_EQ(middle.page.pictures.front().picture.id, third);
  EXPECT_EQ(choices(third).place.ties.children, 0);
}

TEST_F(VariationsTest, WhenTheParentGoesItsChildrenStay) {
  const Uuid first = ready();
  const Uuid second = made({.picture = first, .kind = Variation::again}).id;
  remove(first);
  EXPECT_FALSE(family(first).head);
  EXPECT_EQ(family(first).page.pictures.front().picture.id, second);
  const auto ties = choices(second).place.ties;
  EXPECT_EQ(ties.parent, first);
  EXPECT_FALSE(ties.is_parent_live);
  world_.clock.advance(std::chrono::days(world_.policy.trash_days + 1));
  world_.run(world_.sweeper.run());
  EXPECT_EQ(family(first).page.pictures.front().picture.id, second) << "purged: the same";
}

TEST_F(VariationsTest, AFailedVariationGivenAgainVariesTheSamePicture) {
  const Uuid first = ready();
  for (int i = 0; i < 6; ++i) {
    world_.provider.results.push_back(fail(Errc::provider_failed));
  }
  const domain::Picture failed = made({.picture = first, .kind = Variation::format, .ratio = "1:1"});
  ASSERT_EQ(failed.state, domain::PictureState::failed);
  EXPECT_EQ(choices(first).place.ties.children, 0) << "the family holds pictures only";
  world_.provider.results.clear();
  auto turn = world_.open();
  const Place place{turn.chat(), 1};
  const auto again = world_.run(world_.generations.repeat(turn.actor(), failed.id, "retry:x", place, 5));
  world_.run(turn.commit()).value();
  auto square = fakes::PlainImager::fine();
  square.width = square.height = 2048;
  world_.imager.inspections.push_back(std::move(square));
  world_.settle();
  const domain::Picture repeated = world_.picture(again->id);
  EXPECT_EQ(repeated.parent_id, first);
  EXPECT_EQ(repeated.variation, Variation::format);
  EXPECT_EQ(repeated.aspect_ratio, "1:1");
  EXPECT_EQ(family(first).page.all, 1);
}

TEST_F(VariationsTest, ChildrenAreTurnedPageByPage) {
  const Uuid first = ready();
  std::vector<Uuid> children;
  for (int i = 0; i < 5; ++i) {
    children.insert(children.begin(), made({.picture = first, .kind = Variation::again}).id);
  }
  const Uuid owner = world_.picture(first).user_id;
  const auto page = [&](domain::PageStart from) {
    std::vector<Uuid> out;
    const auto found = world_.run(world_.variations.family(owner, first, from, 2)).value();
    for (const auto& one : found.page.pictures) {
      out.push_back(one.picture.id);
    }
    return out;
  };
  using Side = domain::PageStart::Side;
  EXPECT_EQ(page({}), (std::vector{children[0], children[1]}));
  EXPECT_EQ(page({Side::older, children[1]}), (std::vector{children[2], children[3]}));
  EXPECT_EQ(page({Side::older, children[3]}), (std::vector{children[4]}));
  EXPECT_EQ(page({Side::older, children[4]}), (std::vector{children[2], children[3]})) << "the last full page";
  EXPECT_EQ(page({Side::newer, children[2]}), (std::vector{children[0], children[1]}));
}

}  // namespace
}  // namespace aisha::services
