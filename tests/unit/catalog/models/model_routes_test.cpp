// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model_routes.hpp"

#include <gmock/gmock.h>

#include "tests/unit/catalog/models/rows.hpp"

namespace aisha::catalog {
namespace {

using ::testing::HasSubstr;
using testing::parsed;
using testing::shipped_files;
using testing::with;

class RoutesTest : public ::testing::Test {
 protected:
  std::string chosen(const ModelWish& wish) {
    const auto row = rows_.choose(wish);
    return row == nullptr ? "none" : row->id;
  }
  static ModelWish photos(std::size_t count) {
    ModelWish out;
    out.pass = AvatarPass::references;
    out.photos = count;
    return out;
  }
  static ModelWish lora(std::string family) {
    ModelWish out;
    out.pass = AvatarPass::lora;
    out.family = std::move(family);
    return out;
  }
  std::string refused(const std::string& file, const std::string& what, const std::string& instead) {
    auto files = shipped_files();
    files.at(file) = with(files.at(file), what, instead);
    const auto result = parsed(files);
    return result ? "taken" : result.error().detail;
  }

  ModelManager rows_{read_models({}).value()};
};

TEST_F(RoutesTest, EachWayToPassAnAvatarHasItsRow) {
  ModelWish wish;
  EXPECT_EQ(chosen(wish), "flux-pro-ultra");
  wish.pass = AvatarPass::finetune;
  EXPECT_EQ(chosen(wish), "flux-pro-ultra-finetuned");
  EXPECT_EQ(chosen(lora("flux-1")), "flux-lora");
  EXPECT_EQ(chosen(lora("flux-2")), "flux-2-lora");
  EXPECT_EQ(chosen(lora("sdxl")), "none") << "a LoRA of another family is noise";
  EXPECT_EQ(chosen(photos(1)), "seedream-5-lite-edit");
  EXPECT_EQ(chosen(photos(0)), "none");
}

TEST_F(RoutesTest, AQualityMayHaveAnOrderOfItsOwn) {
  ModelWish wish = photos(2);
  wish.quality = "fast";
  EXPECT_EQ(chosen(wish), "flux-2-klein-edit");
  wish.purpose = Purpose::picture;
  EXPECT_EQ(chosen(wish), "seedream-5-lite-edit");
  wish.purpose = Purpose::words;
  EXPECT_EQ(chosen(wish), "kontext") << "whatever the avatar";
}

TEST_F(RoutesTest, ARowThatIsOffGivesWayToTheNextOne) {
  rows_.put_off({"bytedance/seedream/v5/lite/edit"});
  EXPECT_EQ(chosen(photos(1)), "nano-banana-2.1-edit");
  rows_.put_off({"bytedance/seedream/v5/lite/edit", "google/nano-banana-2.1/edit", "fal-ai/flux-2-pro/edit"});
  EXPECT_EQ(chosen(photos(1)), "none");
  rows_.put_off({});
  EXPECT_EQ(chosen(photos(1)), "seedream-5-lite-edit");
  EXPECT_NE(rows_.find("kontext"), nullptr);
  EXPECT_EQ(rows_.by_endpoint("fal-ai/flux-lora"), rows_.find("flux-lora"));
}

TEST_F(RoutesTest, AnExplicitRatioMovesOnToTheRowThatHasIt) {
  ModelWish wish = lora("flux-2");
  wish.quality = "fast";
  EXPECT_EQ(chosen(wish), "flux-2-lora");
  wish.ratio = "21:9";
  EXPECT_EQ(chosen(wish), "none") << "it has no 21:9 in this preset, and no row stands behind it";
  wish.quality = "balanced";
  EXPECT_EQ(chosen(wish), "flux-2-lora");
}

TEST_F(RoutesTest, Row141ARouteToARowThatIsNotThereOrCannotServeIsRefusedByItsLine) {
  EXPECT_THAT(refused("routes.toml", "\"flux-2-pro-edit\"]", "\"flux-9\"]"),
              HasSubstr("routes.toml:7: make.references: there is no model \"flux-9\""));
  EXPECT_THAT(refused("routes.toml", "\"flux-pro-ultra\"]", "\"flux-lora\"]"), HasSubstr("passes avatars by \"lora\""));
  EXPECT_THAT(refused("routes.toml", "\"flux-lora-picture\"]", "\"flux-lora\"]"), HasSubstr("has no purpose"));
  EXPECT_THAT(refused("routes.toml", "none = [", "nobody = ["), HasSubstr("routes.toml:6: make.nobody"));
  EXPECT_THAT(refused("routes.toml", "none = [\"flux-pro-ultra\"]\n", ""), HasSubstr("no model for \"none\""));
}

TEST_F(RoutesTest, Row141AnUnknownFieldOrASizeOutsideItsRangeIsRefusedByItsLine) {
  EXPECT_THAT(refused("flux-lora.toml", "title =", "titel ="), HasSubstr("flux-lora.toml:"));
  EXPECT_THAT(refused("flux-lora.toml", "guidance_scale = 3.5", "guidance_scale = 36"), HasSubstr("allowed 0 to 35"));
  EXPECT_THAT(refused("flux-lora.toml", "long_side = 1024", "long_side = 90000"), HasSubstr("long_side"));
  EXPECT_THAT(refused("flux-2-lora.toml", "max_side = 2048", "max_side = 600"), HasSubstr("no ratio stays"));
  EXPECT_THAT(refused("flux-lora.toml", "[presets.fast]", "[presets.auto]"), HasSubstr("stands for the best"));
  EXPECT_THAT(refused("kontext.toml", "[source]\nfield = \"image_url\"\n", ""), HasSubstr("belongs to the purposes"));
  EXPECT_THAT(refused("seedream-5-lite-edit.toml", " {prompt}\"", "\""), HasSubstr("lacks {prompt}"));
  EXPECT_THAT(refused("flux-2-lora.toml", "fal-ai/flux-2/lora\"", "fal-ai/flux-lora\""), HasSubstr("defined twice"));
  auto files = shipped_files();
  files.erase("routes.toml");
  EXPECT_EQ(parsed(files).error().detail, "models: routes.toml is missing");
}

}  // namespace
}  // namespace aisha::catalog
