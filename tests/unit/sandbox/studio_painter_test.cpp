// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/painter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "sandbox/fal/faces.hpp"
#include "sandbox/studio/words.hpp"

namespace aisha::sandbox::studio {
namespace {

PaintRequest request(std::string prompt, std::uint64_t seed = 5) {
  const auto face = fal::demo_face("demo-anna").value();
  PaintRequest out;
  out.prompt = std::move(prompt);
  out.seed = seed;
  out.width = 240, out.height = 320;
  out.photo_bytes = std::string(face.photo), out.mask_bytes = std::string(face.mask);
  return out;
}

/// Mean difference of two pictures, 0..1.
double difference(const std::string& a, const std::string& b) {
  const Raster x = decode_photo(a, 4096).value(), y = decode_photo(b, 4096).value();
  double sum = 0;
  for (std::size_t i = 0; i < x.pixels.size(); ++i) {
    sum += std::abs(x.pixels[i] - y.pixels[i]);
  }
  return sum / double(x.pixels.size());
}

TEST(Studio, TheSameRequestMakesTheSameBytes) {
  EXPECT_EQ(paint(request("business portrait in an office")), paint(request("business portrait in an office")));
}

TEST(Studio, PromptsAndSeedsMakeDifferentPictures) {
  const std::string office = paint(request("office")), neon = paint(request("cyberpunk city")),
                    reseeded = paint(request("cyberpunk city", 6));
  EXPECT_GT(difference(office, neon), 0.08);
  EXPECT_GT(difference(neon, reseeded), 0.01);
}

TEST(Studio, NamesWhatItCannotPaintInThePromptsLanguage) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(beyond(tokens("AISHA_ANNA woman, кот в космосе")), (Names{"космос", "кот"}));
  EXPECT_EQ(beyond(tokens("AISHA_ANNA woman, a cat in space")), (Names{"space", "a cat"}));
  EXPECT_EQ(beyond(tokens("в красном пальто на мосту, вечер, дождь")), (Names{"дождь", "мост", "пальто"}));
  EXPECT_EQ(beyond(tokens("airy white space, aquarelle")), Names{});
  EXPECT_EQ(beyond(tokens("dressed for the office")), Names{});
  EXPECT_EQ(beyond(tokens("AISHA_ANNA woman, паровоз")), (Names{"паровоз"})) << "of which nothing is known";
  for (const Scene& scene : scenes()) {
    EXPECT_EQ(beyond(tokens(scene.words)), Names{}) << scene.name;
  }
}

TEST(Studio, ThePromptsThatTheBotSuggestsArePaintedInFull) {
  for (const char* prompt : {"на закате у моря, акварель", "at sunset by the sea, watercolour"}) {
    const auto words = tokens(prompt);
    ASSERT_NE(scene_for(words), nullptr) << prompt;
    EXPECT_STREQ(scene_for(words)->name, "sunset") << prompt;
    ASSERT_NE(style_for(words), nullptr) << prompt;
    EXPECT_STREQ(style_for(words)->name, "watercolour") << prompt;
    EXPECT_TRUE(beyond(words).empty()) << prompt;
  }
}

TEST(Studio, SaysOnThePictureWhatIsMissing) {
  EXPECT_GT(difference(paint(request("office")), paint(request("office, snow"))), 0.002);
}

TEST(Studio, EverySceneAndEveryStylePaints) {
  for (const Scene& scene : scenes()) {
    const std::string bytes = paint(request(std::string(scene.words)));
    const Raster picture = decode_photo(bytes, 4096).value();
    const auto [low, high] = std::ranges::minmax(picture.pixels);
    EXPECT_GT(high - low, 0.3f) << scene.name;
  }
  for (const Style& style : styles()) {
    EXPECT_FALSE(paint(request(std::string("sunset ") + style.words)).empty()) << style.name;
  }
}

TEST(Studio, PicturesHaveTheSizeAndTheFormatAskedFor) {
  PaintRequest wanted = request("sunset");
  wanted.width = 334, wanted.height = 190, wanted.format = Format::png;
  const std::string bytes = paint(wanted);
  EXPECT_TRUE(bytes.starts_with("\x89PNG"));
  const Raster picture = decode_photo(bytes, 4096).value();
  EXPECT_EQ(picture.width, 334);
  EXPECT_EQ(picture.height, 190);
  EXPECT_TRUE(paint(request("sunset")).starts_with("\xFF\xD8\xFF"));
}

TEST(Studio, ABlankPictureIsBlackAllOver) {
  PaintRequest wanted = request("sunset");
  wanted.blank = true;
  const Raster picture = decode_photo(paint(wanted), 4096).value();
  EXPECT_EQ(picture.width, 240);
  EXPECT_LT(*std::ranges::max_element(picture.pixels), 0.01f);
}

TEST(Studio, WithoutAUsablePhotoItDrawsAPerson) {
  PaintRequest nobody = request("cafe");
  nobody.photo_bytes = "these are not the bytes of a picture", nobody.mask_bytes.clear();
  const std::string first = paint(nobody);
  nobody.seed = 6;
  EXPECT_GT(difference(first, paint(nobody)), 0.01);
}

TEST(Studio, APhotoWithoutAMaskMeltsIntoTheScene) {
  PaintRequest bare = request("sunset");
  bare.mask_bytes.clear();
  EXPECT_GT(difference(paint(bare), paint(request("sunset"))), 0.02);
}

TEST(Studio, RefusesSizesOutOfRange) {
  PaintRequest wanted = request("sunset");
  wanted.width = 8;
  EXPECT_THROW(paint(wanted), std::invalid_argument);
}

TEST(StudioWords, FindScenesInBothLanguagesAndInflections) {
  EXPECT_STREQ(scene_for(tokens("Портрет на закате у моря"))->name, "sunset");
  EXPECT_STREQ(scene_for(tokens("a knight in a medieval castle"))->name, "medieval");
  EXPECT_STREQ(scene_for(tokens("heroic knight, plate armour, castle gate, banner in the wind"))->name, "knight");
  EXPECT_STREQ(scene_for(tokens("портрет королевы на троне"))->name, "royal");
  EXPECT_STREQ(scene_for(tokens("autumn park, amber leaves on every tree"))->name, "autumn");
  EXPECT_STREQ(scene_for(tokens("sunlit forest meadow, summer park"))->name, "outdoor");
  EXPECT_STREQ(style_for(tokens("Акварельный портрет"))->name, "watercolour");
  EXPECT_EQ(scene_for(tokens("qwerty")), nullptr);
}

TEST(StudioWords, StrongWordsBeatWeakOnes) {
  // "professional", "suit", "photo" are weak hints; "cyberpunk" names a scene.
  EXPECT_STREQ(scene_for(tokens("professional photo in a suit, cyberpunk"))->name, "cyberpunk");
}

TEST(DemoFaces, AreFoundByAddressFinetuneAndPhoto) {
  const auto anna = fal::demo_face("http://127.0.0.1:8081/fal-files/demo-anna.safetensors");
  ASSERT_TRUE(anna.has_value());
  EXPECT_EQ(fal::demo_face("demo-chelsea")->photo, fal::demo_face("https://x/y/demo-chelsea.safetensors?z=1")->photo);
  EXPECT_NE(anna->photo, fal::demo_face("demo-chelsea")->photo);
  EXPECT_FALSE(fal::demo_face("https://v3.fal.media/files/lion/abc.safetensors").has_value());
  EXPECT_EQ(fal::face_of_photo(anna->photo)->mask, anna->mask);
  EXPECT_FALSE(fal::face_of_photo("something else").has_value());
}

}  // namespace
}  // namespace aisha::sandbox::studio
