// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "catalog/models/model_registry.hpp"

namespace aisha::catalog {
namespace {

using testing::HasSubstr;

const ModelRegistry& shipped() {
  static const auto kRegistry = ModelRegistry::load({});
  EXPECT_TRUE(kRegistry) << kRegistry.error().detail;
  return *kRegistry;
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

TEST(Models, EachKindOfAvatarHasItsModel) {
  EXPECT_EQ(shipped().for_avatar(AvatarPass::lora).endpoint, "fal-ai/flux-lora");
  EXPECT_EQ(shipped().for_avatar(AvatarPass::finetune).endpoint, "fal-ai/flux-pro/v1.1-ultra-finetuned");
  EXPECT_EQ(shipped().for_avatar(AvatarPass::none).endpoint, "fal-ai/flux-pro/v1.1-ultra");
  EXPECT_EQ(shipped().find("nope"), nullptr);
  EXPECT_EQ(shipped().by_endpoint("fal-ai/flux-lora"), shipped().find("flux-lora"));
}

TEST(Models, UltraOfFluxLoraHasALongSideOf2048) {
  const Model& model = *shipped().find("flux-lora");
  EXPECT_EQ(*model.size("ultra", "3:4"), (Size{1536, 2048}));
  EXPECT_EQ(*model.size("ultra", "4:3"), (Size{2048, 1536}));
  EXPECT_EQ(*model.size("ultra", "1:1"), (Size{2048, 2048}));
  for (const std::string& ratio : model.ratios) {
    const auto size = model.size("ultra", ratio);
    ASSERT_TRUE(size);
    EXPECT_EQ(std::max(size->width, size->height), 2048) << ratio;
    EXPECT_EQ(size->width % 16 + size->height % 16, 0) << ratio;
  }
}

TEST(Models, FluxLoraGetsALoraAndASizeAndNothingUnset) {
  auto asked = spec("https://v3.fal.media/files/a/lora.safetensors");
  asked.quality = "ultra";
  asked.aspect_ratio = "3:4";
  const auto input = shipped().find("flux-lora")->input(asked);
  ASSERT_TRUE(input) << input.error().detail;
  EXPECT_EQ(json::serialize(input->at("loras")),
            R"([{"path":"https://v3.fal.media/files/a/lora.safetensors","scale":1E0}])");
  EXPECT_EQ(json::serialize(input->at("image_size")), R"({"width":1536,"height":2048})");
  EXPECT_TRUE(input->at("num_inference_steps").is_int64());
  for (const char* absent :
       {"aspect_ratio", "safety_tolerance", "negative_prompt", "seed", "num_images", "sync_mode"}) {
    EXPECT_FALSE(input->contains(absent)) << absent;
  }
}

TEST(Models, UltraFinetunedGetsItsIdStrengthAndARatioWithToleranceAsText) {
  auto asked = spec("finetune-7");
  asked.aspect_ratio = "9:16";
  asked.strength = 1.4;
  asked.seed = 4'294'967'296;
  const auto input = shipped().for_avatar(AvatarPass::finetune).input(asked);
  ASSERT_TRUE(input) << input.error().detail;
  EXPECT_EQ(input->at("finetune_id"), json::Value("finetune-7"));
  EXPECT_EQ(input->at("finetune_strength"), json::Value(1.4));
  EXPECT_EQ(input->at("aspect_ratio"), json::Value("9:16"));
  EXPECT_EQ(input->at("seed"), json::Value(4'294'967'296));
  EXPECT_EQ(input->at("safety_tolerance"), json::Value("2"));
  EXPECT_FALSE(input->contains("image_size"));
  EXPECT_FALSE(input->contains("loras"));
  EXPECT_FALSE(input->contains("enable_safety_checker"));
}

TEST(Models, UltraWithoutAnAvatarHasNoAvatarFields) {
  const auto input = shipped().for_avatar(AvatarPass::none).input(spec());
  ASSERT_TRUE(input) << input.error().detail;
  EXPECT_FALSE(input->contains("finetune_id"));
  EXPECT_EQ(input->at("aspect_ratio"), json::Value("3:4"));
}

TEST(Models, Row21OutOfRangeOptionsNameFieldAndRange) {
  const Model& lora = *shipped().find("flux-lora");
  const Model& finetuned = shipped().for_avatar(AvatarPass::finetune);
  auto asked = spec("x");
  asked.aspect_ratio = "16:0";
  EXPECT_THAT(input_of(lora, asked), HasSubstr("option.out_of_range aspect_ratio: 16:0, allowed 3:4, 1:1"));
  asked = spec("x");
  asked.strength = 9;
  EXPECT_EQ(input_of(finetuned, asked), "option.out_of_range finetune_strength: 9, allowed 0 to 2");
  EXPECT_EQ(input_of(lora, asked), "option.out_of_range scale: 9, allowed 0 to 4");
  asked = spec("x");
  asked.seed = -1;
  EXPECT_THAT(input_of(lora, asked), HasSubstr("option.out_of_range seed: -1, allowed 0 to 9007199254740991"));
  asked = spec("x");
  asked.options["seed"] = 18446744073709551616.0;
  EXPECT_THAT(input_of(lora, asked), HasSubstr("option.out_of_range seed: "));
  for (const std::int64_t images : {0, 5, 1000, -1}) {
    asked = spec("x");
    asked.images = images;
    EXPECT_THAT(input_of(lora, asked), HasSubstr("num_images: " + std::to_string(images) + ", allowed 1 to 4"));
  }
  asked = spec("x");
  asked.quality = "best";
  EXPECT_THAT(input_of(lora, asked), HasSubstr("quality: best, allowed balanced, fast, ultra"));
  asked = spec("x");
  asked.output_format = "gif";
  EXPECT_THAT(input_of(lora, asked), HasSubstr("output_format: \"gif\", allowed jpeg, png"));
}

TEST(Models, FieldsTheEndpointDoesNotHaveAreRefused) {
  auto asked = spec("x");
  asked.options["negative_prompt"] = "hands";
  EXPECT_THAT(input_of(*shipped().find("flux-lora"), asked), HasSubstr("option.out_of_range negative_prompt"));
  asked = spec("x");
  asked.options["safety_tolerance"] = 2;
  EXPECT_THAT(input_of(shipped().for_avatar(AvatarPass::finetune), asked), HasSubstr("safety_tolerance: 2, allowed 1"));
  asked = spec("x");
  asked.options["num_inference_steps"] = 28.5;
  EXPECT_THAT(input_of(*shipped().find("flux-lora"), asked), HasSubstr("num_inference_steps"));
}

TEST(Models, ATrainedModelWithoutItsAvatarIsBrokenAndAnEmptyPromptEmpty) {
  EXPECT_THAT(input_of(*shipped().find("flux-lora"), spec()), HasSubstr("avatar.broken"));
  auto asked = spec("x");
  asked.prompt.clear();
  EXPECT_THAT(input_of(*shipped().find("flux-lora"), asked), HasSubstr("prompt.empty"));
}

TEST(Models, EveryPresetAndRatioOfEveryModelMakesARequest) {
  for (const Model& model : shipped().all()) {
    for (const auto& [quality, preset] : model.presets) {
      for (const std::string& ratio : model.ratios) {
        auto asked = spec("x");
        asked.quality = quality;
        asked.aspect_ratio = ratio;
        EXPECT_TRUE(model.input(asked)) << model.id << quality << ratio;
      }
    }
    EXPECT_EQ(model.default_quality, "balanced");
    EXPECT_TRUE(model.presets.contains("ultra") && model.presets.contains("fast"));
  }
}

TEST(Models, CostFollowsImagesOrStartedMegapixels) {
  EXPECT_EQ(shipped().find("flux-lora")->cost_micro_usd(1, {1536, 2048}), 4 * 35'000);
  EXPECT_EQ(shipped().find("flux-lora")->cost_micro_usd(2, {1000, 1000}), 2 * 35'000);
  EXPECT_EQ(shipped().for_avatar(AvatarPass::none).cost_micro_usd(3, {2048, 2048}), 3 * 60'000);
}

TEST(Models, MistakesInAFileNameFileAndLine) {
  const auto parsed = ModelRegistry::parse({{"m.toml", "id = \"a\"\nendpoint = 7\n"}});
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().detail, "m.toml:2: model.endpoint: a text was expected");
}

}  // namespace
}  // namespace aisha::catalog
