// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model.hpp"
#include "catalog/models/model_input.hpp"

#include <gmock/gmock.h>

#include "tests/unit/catalog/models/rows.hpp"

namespace aisha::catalog {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::shipped;

const Model& row(std::string_view id) {
  return *shipped().find(id);
}

GenerationSpec spec(std::string avatar = {}) {
  GenerationSpec out;
  out.prompt = "ohwx, portrait";
  out.avatar = std::move(avatar);
  return out;
}

std::string input_of(const Model& model, const GenerationSpec& asked) {
  const auto input = model.input(asked);
  return input ? json::serialize(*input) : std::string(code_of(input.error().code)) + " " + input.error().detail;
}

TEST(Model, UltraOfFluxLoraHasALongSideOf2048) {
  EXPECT_EQ(*row("flux-lora").size("ultra", "3:4"), (Size{1536, 2048}));
  EXPECT_EQ(*row("flux-lora").size("ultra", "1:1"), (Size{2048, 2048}));
  EXPECT_EQ(*row("flux-lora").size("ultra", "21:9"), (Size{2048, 880}));
  EXPECT_EQ(*row("flux-lora").size("balanced", "3:4"), (Size{1056, 1408}));
}

TEST(Model, MegapixelsAreOf1024TimesThemselvesAndNeverPassed) {
  const Model& seedream = row("seedream-5-lite-edit");
  EXPECT_EQ(*seedream.size("ultra", "1:1"), (Size{2048, 2048}));
  EXPECT_EQ(*seedream.size("ultra", "3:4"), (Size{1776, 2352}));
  EXPECT_EQ(*seedream.size("ultra", "4:3"), (Size{2368, 1760}));
  EXPECT_EQ(*seedream.size("ultra", "9:16"), (Size{1536, 2720}));
  EXPECT_EQ(*seedream.size("ultra", "16:9"), (Size{2736, 1520}));
  EXPECT_EQ(*seedream.size("ultra", "21:9"), (Size{3136, 1328}));
  EXPECT_EQ(*row("flux-2-pro-edit").size("fast", "3:4"), (Size{880, 1184}));
  EXPECT_EQ(*row("flux-2-pro-edit").size("balanced", "3:4"), (Size{1248, 1680}));
  for (const ModelRef& model : shipped().all()) {
    for (const auto& [name, preset] : model->presets) {
      for (const std::string& ratio : model->ratios_for(name)) {
        const Size size = *model->size(name, ratio);
        EXPECT_EQ(size.width % model->sizes.multiple + size.height % model->sizes.multiple, 0);
        EXPECT_LE(std::int64_t{size.width} * size.height, 4 << 20) << model->id << name << ratio;
      }
    }
  }
}

TEST(Model, ARatioOutsideTheRowsSidesIsNotOfferedInThatPreset) {
  EXPECT_THAT(row("flux-2-lora").ratios_for("fast"), Not(Contains("21:9"))) << "432 pixels are less than 512";
  EXPECT_THAT(row("flux-2-lora").ratios_for("balanced"), Contains("21:9"));
}

TEST(Model, AutoIsTheBestPresetWithoutASurcharge) {
  EXPECT_EQ(row("flux-lora").resolve("auto"), "ultra");
  EXPECT_EQ(row("flux-lora").resolve(""), "ultra");
  EXPECT_EQ(row("flux-lora").resolve("fast"), "fast");
  EXPECT_EQ(row("flux-lora").resolve("of an operator"), "balanced") << "another row may have it";
  EXPECT_EQ(row("kontext").resolve("auto"), "balanced");
  Model dear = row("flux-lora");
  dear.presets.at("ultra").surcharge = 5;
  EXPECT_EQ(dear.resolve("auto"), "quality");
  EXPECT_EQ(dear.surcharge_of("ultra"), 5);
  dear.surcharge = 1;
  EXPECT_EQ(dear.resolve("auto"), "balanced") << "all cost more: the default";
  EXPECT_THAT(dear.qualities(), ElementsAre("fast", "balanced", "quality", "ultra"));
}

TEST(Model, PhotosStandBehindThePictureThatIsChangedAndNoMoreAreSentThanTheRowTakes) {
  auto asked = spec();
  asked.references = {"R1", "R2", "R3", "R4", "R5"};
  asked.source = "S";
  const auto input = row("seedream-5-lite-edit").input(asked);
  ASSERT_TRUE(input) << input.error().detail;
  EXPECT_EQ(json::serialize(input->at("image_urls")), R"(["S","R1","R2","R3","R4"])");
  EXPECT_THAT(std::string(input->at("prompt").get_string()), HasSubstr("theirs. ohwx, portrait"));
  EXPECT_FALSE(input->contains("seed"));
}

TEST(Model, ASourceGoesWithTheStrengthOfItsStep) {
  auto asked = spec("https://v3.fal.media/files/a/lora.safetensors");
  asked.source = "S";
  for (const auto& [step, strength] :
       {std::pair(0U, 0.55), std::pair(1U, 0.75), std::pair(2U, 0.9), std::pair(9U, 0.9)}) {
    asked.source_step = step;
    const auto input = row("flux-lora-picture").input(asked);
    ASSERT_TRUE(input) << input.error().detail;
    EXPECT_EQ(input->at("strength"), json::Value(strength));
    EXPECT_EQ(input->at("image_url"), json::Value("S"));
  }
  EXPECT_THAT(input_of(row("flux-lora"), asked), HasSubstr("takes no picture"));
  asked.source.clear();
  EXPECT_THAT(input_of(row("flux-lora-picture"), asked), HasSubstr("avatar.broken"));
}

TEST(Model, Row21OutOfRangeOptionsNameFieldAndRange) {
  auto asked = spec("x");
  asked.aspect_ratio = "16:0";
  EXPECT_THAT(input_of(row("flux-lora"), asked), HasSubstr("option.out_of_range aspect_ratio: 16:0, allowed 3:4, 1:1"));
  asked = spec("x");
  asked.strength = 9;
  EXPECT_EQ(input_of(row("flux-pro-ultra-finetuned"), asked),
            "option.out_of_range finetune_strength: 9, allowed 0 to 2");
  EXPECT_EQ(input_of(row("flux-lora"), asked), "option.out_of_range scale: 9, allowed 0 to 4");
  asked = spec("x");
  asked.seed = -1;
  EXPECT_THAT(input_of(row("flux-lora"), asked), HasSubstr("seed: -1, allowed 0 to 9007199254740991"));
  const auto told = [](std::string_view id, std::string_view field, const json::Value& value) {
    return row(id).check(field, value).error().detail;
  };
  EXPECT_THAT(told("flux-lora", "seed", 18446744073709551616.0), HasSubstr("seed: "));
  for (const std::int64_t images : {0, 5, 1000, -1}) {
    EXPECT_THAT(told("flux-lora", "num_images", images), HasSubstr(std::to_string(images) + ", allowed 1 to 4"));
  }
  EXPECT_THAT(told("flux-lora", "output_format", "gif"), HasSubstr("output_format: \"gif\", allowed jpeg, png"));
  EXPECT_THAT(told("flux-lora", "negative_prompt", "hands"), HasSubstr("has no such field"));
  EXPECT_THAT(told("flux-pro-ultra", "safety_tolerance", 2), HasSubstr("safety_tolerance: 2, allowed 1"));
  EXPECT_THAT(told("flux-lora", "num_inference_steps", 28.5), HasSubstr("num_inference_steps"));
}

TEST(Model, WithoutItsAvatarItIsBrokenAndAnEmptyPromptIsEmpty) {
  EXPECT_THAT(input_of(row("flux-lora"), spec()), HasSubstr("avatar.broken fal-ai/flux-lora needs loras"));
  EXPECT_THAT(input_of(row("flux-2-klein-edit"), spec()), HasSubstr("needs image_urls"));
  auto asked = spec("x");
  asked.prompt.clear();
  EXPECT_THAT(input_of(row("flux-lora"), asked), HasSubstr("prompt.empty"));
}

TEST(Model, CostIsTheSumOfImageMegapixelsInputsAndTier) {
  EXPECT_EQ(row("flux-lora").cost_micro_usd("ultra", {1536, 2048}), 3 * 35'000);
  EXPECT_EQ(row("flux-lora").cost_micro_usd("ultra", {1024, 1024}), 35'000);
  EXPECT_EQ(row("flux-lora").cost_micro_usd("ultra", {1040, 1024}), 2 * 35'000);
  EXPECT_EQ(row("flux-pro-ultra").cost_micro_usd("ultra", {2048, 2048}), 60'000);
  EXPECT_EQ(row("flux-2-pro-edit").cost_micro_usd("ultra", {2048, 2048}, {{800, 600}, {1536, 1152}}),
            30'000 + 3 * 15'000 + (1 + 2) * 15'000);
  EXPECT_EQ(row("nano-banana-2.1-edit").cost_micro_usd("quality", {2048, 2048}), 63'000);
  EXPECT_EQ(row("nano-banana-2.1-edit").cost_micro_usd("fast", {1024, 1024}), 44'000);
}

TEST(Model, UnitsAreWorthTheirPriceWhereThatIsAllThereIsToIt) {
  EXPECT_EQ(row("flux-lora").cost_of_units("3.0"), 3 * 35'000);
  EXPECT_EQ(row("flux-lora").cost_of_units("0.5"), 17'500);
  EXPECT_EQ(row("flux-pro-ultra").cost_of_units("1"), 60'000);
  for (const char* odd : {"", "0", "-1", "three", "3 MP", "nan", "inf"}) {
    EXPECT_EQ(row("flux-lora").cost_of_units(odd), std::nullopt) << odd;
  }
  EXPECT_EQ(row("flux-2-pro-edit").cost_of_units("3"), std::nullopt) << "the first megapixel has a price of its own";
  EXPECT_EQ(row("nano-banana-2.1-edit").cost_of_units("1"), std::nullopt) << "it has tiers";
}

}  // namespace
}  // namespace aisha::catalog
