// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandbox/studio/prompt/colours.hpp"
#include "sandbox/studio/prompt/reading.hpp"

namespace aisha::sandbox::studio {
namespace {

using Names = std::vector<std::string>;

std::string scene_name(const char* prompt) {
  const Scene* scene = scene_for(tokens(prompt));
  return scene == nullptr ? "" : std::string(scene->name);
}

std::string garment_name(const char* prompt) {
  const Reading reading = read(tokens(prompt));
  return reading.outfit.garment == nullptr ? "" : std::string(reading.outfit.garment->name);
}

bool reddest(Colour c) {
  return c.r > 3 * c.g && c.r > 3 * c.b;
}

TEST(StudioWords, FindScenesInBothLanguagesAndInflections) {
  EXPECT_EQ(scene_name("Портрет на закате у моря"), "sunset");
  EXPECT_EQ(scene_name("у моря"), "water");
  EXPECT_EQ(scene_name("by a lake"), "water");
  EXPECT_EQ(scene_name("a knight in a medieval castle"), "medieval");
  EXPECT_EQ(scene_name("heroic knight, plate armour, castle gate, banner in the wind"), "knight");
  EXPECT_EQ(scene_name("портрет королевы на троне"), "royal");
  EXPECT_EQ(scene_name("autumn park, amber leaves on every tree"), "autumn");
  EXPECT_EQ(scene_name("осенний парк"), "autumn");
  EXPECT_EQ(scene_name("sunlit forest meadow, summer park"), "outdoor");
  EXPECT_EQ(scene_name("заснеженная ёлка, мороз"), "winter");
  EXPECT_EQ(scene_name("жёлтая куртка, пустыня"), "desert");
  EXPECT_EQ(scene_name("в космосе"), "space");
  EXPECT_EQ(scene_name("цветущая сакура"), "blossom");
  EXPECT_EQ(scene_name("праздник, конфетти"), "festival");
  EXPECT_EQ(scene_name("под дождём"), "rain");
  EXPECT_EQ(scene_name("qwerty"), "");
  EXPECT_STREQ(style_for(tokens("Акварельный портрет"))->name, "watercolour");
  EXPECT_STREQ(style_for(tokens("рисунок карандашом"))->name, "pencil");
  EXPECT_STREQ(style_for(tokens("витраж"))->name, "stained-glass");
}

TEST(StudioWords, ShortWordsAreNotFoundInsideLongOnes) {
  EXPECT_EQ(scene_name("a seamless paper"), "") << "no sea";
  EXPECT_EQ(scene_name("first things"), "") << "no firs";
  EXPECT_EQ(scene_name("на лестнице"), "") << "no wood";
  EXPECT_EQ(scene_name("airy white space"), "") << "no stars";
  EXPECT_EQ(scene_name("in space"), "space");
  EXPECT_EQ(scene_name("AISHA_ANNA woman, space"), "space");
  EXPECT_FALSE(read(tokens("catalogue of ideas")).cat);
}

TEST(StudioWords, StrongWordsBeatWeakOnes) {
  // "professional", "suit", "photo" are weak hints; "cyberpunk" names a scene.
  EXPECT_EQ(scene_name("professional photo in a suit, cyberpunk"), "cyberpunk");
}

TEST(StudioReading, APlaceThatNoSceneHasIsPaintedAsLand) {
  const Reading peaks = read(tokens("снег и горы"));
  EXPECT_TRUE(peaks.scene->all_land);
  EXPECT_TRUE(peaks.setting.mountains);
  EXPECT_EQ(peaks.setting.weather, Weather::snow);
  const Reading bridge = read(tokens("в красном пальто на мосту, вечер, дождь"));
  EXPECT_TRUE(bridge.scene->all_land);
  EXPECT_TRUE(bridge.setting.bridge);
  EXPECT_EQ(bridge.setting.hour, Hour::evening);
  EXPECT_EQ(bridge.setting.weather, Weather::rain);
  const Reading alps = read(tokens("sunset in the mountains"));
  EXPECT_TRUE(alps.scene->all_land) << "the sunset has a sea only";
  EXPECT_EQ(alps.setting.hour, Hour::evening);
  const Reading wood = read(tokens("forest at night, fog"));
  EXPECT_TRUE(wood.scene->all_land) << "the meadow is a sunny one";
  EXPECT_TRUE(wood.setting.forest);
  EXPECT_EQ(read(tokens("castle by the lake")).scene->name, "land");
}

TEST(StudioReading, ClothesHaveTheColourThatIsSaidOfThem) {
  EXPECT_EQ(garment_name("в красном пальто"), "coat");
  EXPECT_TRUE(reddest(*read(tokens("в красном пальто, синее море")).outfit.dye));
  EXPECT_TRUE(reddest(*read(tokens("a red wool coat")).outfit.dye));
  EXPECT_TRUE(reddest(*read(tokens("пальто красного цвета")).outfit.dye));
  EXPECT_EQ(garment_name("a green sweater in the mountains"), "sweater");
  EXPECT_EQ(garment_name("жёлтая куртка, пустыня"), "jacket");
  EXPECT_EQ(garment_name("рыцарь в доспехах"), "armour");
  EXPECT_EQ(garment_name("a blue dress by the sea"), "dress");
  EXPECT_EQ(garment_name("dressed for the office"), "");
  EXPECT_FALSE(read(tokens("red canyon walls, a coat")).outfit.dye) << "that is the canyon's";
  EXPECT_FALSE(read(tokens("black-and-white, coat")).outfit.dye);
  const Colour light = *colour_at(tokens("light blue dress"), 2), dark = *colour_at(tokens("dark blue dress"), 2);
  EXPECT_GT(luma(light), 4 * luma(dark));
}

TEST(StudioReading, HatsGoWithAnyClothes) {
  const Reading reading = read(tokens("зелёный свитер и красная шапка"));
  EXPECT_EQ(reading.outfit.garment->name, "sweater");
  ASSERT_EQ(reading.outfit.extras.size(), 1U);
  EXPECT_EQ(reading.outfit.extras[0].what->name, "beanie");
  EXPECT_TRUE(reddest(*reading.outfit.extras[0].dye));
  EXPECT_FALSE(reddest(*reading.outfit.dye));
}

TEST(StudioReading, WithoutAWordTheSceneDresses) {
  const Reading reading = read(tokens("business portrait"));
  EXPECT_EQ(outfit_of(reading, *reading.scene, 1).garment->name, "blazer");
  const Reading stars = read(tokens("в космосе"));
  EXPECT_EQ(outfit_of(stars, *stars.scene, 1).garment, nullptr) << "the suit of the photo is right there";
}

TEST(StudioReading, ABackdropMayHaveAColour) {
  EXPECT_TRUE(reddest(*read(tokens("портрет на красном фоне")).setting.backdrop));
  EXPECT_EQ(scene_name("портрет на красном фоне"), "backdrop");
}

TEST(StudioBeyond, NamesWhatItCannotPaintInThePromptsLanguage) {
  EXPECT_EQ(beyond(tokens("AISHA_ANNA woman, с собакой и зонтом")), (Names{"зонт", "собака"}));
  EXPECT_EQ(beyond(tokens("AISHA_ANNA woman, a lighthouse in the fog")), (Names{"lighthouse"})) << "no kind of light";
  EXPECT_EQ(beyond(tokens("AISHA_ANNA woman, a dog under an umbrella")), (Names{"an umbrella", "a dog"}));
  EXPECT_EQ(beyond(tokens("AISHA_ANNA woman, паровоз")), (Names{"паровоз"})) << "of which nothing is known";
  EXPECT_EQ(beyond(tokens("верхом на слоне в пустыне")), (Names{"верхом", "слоне"}));
  EXPECT_EQ(beyond(tokens("office in the snow")), (Names{"snow"}));
  EXPECT_EQ(beyond(tokens("airy white space, aquarelle")), Names{});
  EXPECT_EQ(beyond(tokens("dressed for the office")), Names{});
}

TEST(StudioBeyond, SaysNothingOfWhatItPaints) {
  for (const char* prompt :
       {"в красном пальто на мосту, вечер, дождь", "кот в космосе", "снег и горы", "a blue dress by the sea",
        "рыцарь в доспехах", "осенний парк", "a green sweater in the mountains", "жёлтая куртка, пустыня",
        "ночной город, туман", "замок у озера ночью", "a cat in space", "bridge at night, rain, yellow raincoat",
        "на закате у моря, акварель", "at sunset by the sea, watercolour", "зимний лес, луна", "fog in the forest"}) {
    EXPECT_EQ(beyond(tokens(std::string("AISHA_ANNA woman, ") + prompt)), Names{}) << prompt;
  }
  for (const Scene& scene : scenes()) {
    if (scene.name != "land" && scene.name != "abstract") {
      EXPECT_EQ(beyond(tokens(scene.name)), Names{}) << scene.name;
    }
  }
}

TEST(StudioReading, ThePromptsThatTheBotSuggestsArePaintedInFull) {
  for (const char* prompt : {"на закате у моря, акварель", "at sunset by the sea, watercolour"}) {
    EXPECT_EQ(scene_name(prompt), "sunset") << prompt;
    EXPECT_STREQ(style_for(tokens(prompt))->name, "watercolour") << prompt;
    EXPECT_TRUE(beyond(tokens(prompt)).empty()) << prompt;
  }
}

TEST(StudioBeyond, APhotoWithoutMeasurementsKeepsItsClothes) {
  EXPECT_EQ(beyond(tokens("в красном пальто на мосту"), {.dressable = false, .cat_at_hand = true}), (Names{"пальто"}));
  EXPECT_EQ(beyond(tokens("кот на мосту"), {.dressable = true, .cat_at_hand = false}), (Names{"кот"}));
}

}  // namespace
}  // namespace aisha::sandbox::studio
