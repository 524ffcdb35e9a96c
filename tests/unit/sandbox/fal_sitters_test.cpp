// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/sitters.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/encoding.hpp"
#include "sandbox/studio/raster/pixels.hpp"
#include "tests/unit/sandbox/fal_stage.hpp"

/// Whose face the twin paints when an input names photos.
namespace aisha::sandbox::fal {
namespace {

std::string read(const std::string& path) {
  std::ifstream file(fakes::source_dir() + "/data/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A part of a picture as a JPEG, `width` px wide, mirrored if asked for.
std::string jpeg_of(const std::string& picture, const studio::Frame& part, int width, bool mirrored = false) {
  const studio::Raster all = studio::decode_photo(picture, 4096).value();
  studio::Raster out = studio::window(all, part, width, int(float(width) * part.height / part.width));
  for (int y = 0; mirrored && y < out.height; ++y) {
    for (int x = 0; x < out.width / 2; ++x) {
      const studio::Colour left = out.rgb(x, y);
      out.set(x, y, out.rgb(out.width - 1 - x, y));
      out.set(out.width - 1 - x, y, left);
    }
  }
  return studio::encode(out, studio::Format::jpeg);
}

/// What an intake makes of the demo's portrait: the same photo in other bytes.
std::string kept_astronaut() {
  return jpeg_of(read("demo/astronaut.png"), {0, 0, 512, 512}, 400);
}
/// Photos of nobody whom the twin knows; the number tells them apart.
std::string stranger(int number = 0) {
  const float x = 40.f + 25.f * float(number);
  return jpeg_of(read("demo/astronaut.png"), {x, 0, 330, 400}, 825, true);
}

class FalSitters : public ::testing::Test {
 protected:
  /// Uploads it as the product does; the address.
  static std::string upload(Stage& stage, const std::string& bytes) {
    const auto slot = Stage::body(stage.call("POST", "/fal/storage/upload/initiate", R"({"file_name":"a.jpg"})"));
    const std::string put(slot.at("upload_url").as_string());
    EXPECT_EQ(stage.call("PUT", put.substr(kOrigin.size()), bytes).status, 200);
    return std::string(slot.at("file_url").as_string());
  }
  /// Makes the pictures of an input and answers their addresses.
  static std::vector<std::string> make(Stage& stage, const std::string& endpoint, const json::Object& input) {
    const auto response = stage.result(stage.submit(endpoint, input), app_of(endpoint));
    EXPECT_EQ(response.status, 200) << response.body;
    std::vector<std::string> out;
    for (const json::Value& image : Stage::body(response).at("images").as_array()) {
      out.emplace_back(image.at("url").as_string());
    }
    return out;
  }
  static std::string bytes_of(Stage& stage, const std::string& url) {
    return stage.call("GET", url.substr(kOrigin.size())).body;
  }
  /// The record of the newest request.
  static std::vector<PaintedOf> record(Stage& stage) {
    const auto shown = stage.twin.requests();
    const json::Value& newest = shown.at("requests").as_array().back();
    return json::decode<std::vector<PaintedOf>>(newest.at("painted_of")).value();
  }
  /// Whether this build can find a stranger's face.
  static bool finds_faces(Stage& stage) {
    const auto seen = fakes::run_task(stage.io, stage.imager->photo(stranger()));
    return seen && seen->faces_known;
  }
  static int faces_in(Stage& stage, std::string picture) {
    const auto seen = fakes::run_task(stage.io, stage.imager->photo(std::move(picture)));
    return seen ? int(seen->faces.size()) : -1;
  }
  static json::Object words(const std::string& prompt, const std::vector<std::string>& photos) {
    return {{"prompt", prompt}, {"seed", 7}, {"image_urls", json::Array(photos.begin(), photos.end())}};
  }

  static constexpr std::string_view kOrigin = "http://127.0.0.1:8081";
};

TEST_F(FalSitters, EveryModelThatTakesPhotosShowsTheFaceOnThemAndTheRecordNamesThePhoto) {
  Stage stage;
  if (!finds_faces(stage)) {
    GTEST_SKIP() << "built with -DAISHA_FACES=OFF";
  }
  stage.twin.change_settings(json::parse(R"({"max_side":512})").value()).value();
  const std::string photo = stranger();
  const std::string url = upload(stage, photo);
  for (const char* endpoint : {"fal-ai/flux-2/klein/9b/edit", "fal-ai/flux-2-pro/edit",
                               "bytedance/seedream/v5/lite/edit", "google/nano-banana-2.1/edit"}) {
    json::Object input = words("portrait in a city", {url});
    if (std::string_view(endpoint).starts_with("bytedance")) {
      input.erase("seed");
    }
    const auto pictures = make(stage, endpoint, input);
    ASSERT_EQ(pictures.size(), 1U) << endpoint;
    EXPECT_EQ(faces_in(stage, bytes_of(stage, pictures[0])), 1) << endpoint;
    const auto of = record(stage);
    ASSERT_EQ(of.size(), 1U) << endpoint;
    EXPECT_EQ(of[0].url, url) << endpoint;
    EXPECT_EQ(of[0].sha256, encoding::sha256_hex(photo)) << endpoint;
    EXPECT_EQ(of[0].face, "found") << endpoint;
  }
}

TEST_F(FalSitters, TheDemosPhotoIsKnownAgainWhateverWasDoneToItsBytes) {
  Stage stage;
  const std::string url = upload(stage, kept_astronaut());
  const auto input = words("office", {url});
  const auto pictures = make(stage, "fal-ai/flux-2/klein/9b/edit", input);
  EXPECT_EQ(record(stage).at(0).face, "eileen");
  // With its mask: the same picture as of the avatar that everybody has.
  json::Object lora{{"prompt", "office"}, {"seed", 7}, {"loras", {{{"path", "http://x/demo-anna.safetensors"}}}}};
  const auto usual = make(stage, "fal-ai/flux-lora", lora);
  EXPECT_EQ(bytes_of(stage, pictures[0]), bytes_of(stage, usual[0]));
  EXPECT_EQ(record(stage).at(0).url, "http://x/demo-anna.safetensors");
  const std::string cat = upload(stage, jpeg_of(read("demo/chelsea.png"), {0, 0, 451, 300}, 640));
  make(stage, "fal-ai/flux-2/klein/9b/edit", words("office", {cat}));
  EXPECT_EQ(record(stage).at(0).face, "chelsea");
}

TEST_F(FalSitters, TheSeedPicksOneOfSeveralPhotos) {
  Stage stage;
  const std::vector<std::string> photos{upload(stage, stranger(0)), upload(stage, stranger(1)),
                                        upload(stage, stranger(2)), upload(stage, kept_astronaut())};
  json::Object input = words("park", photos);
  input["num_images"] = 4;
  make(stage, "fal-ai/flux-2/klein/9b/edit", input);
  const auto of = record(stage);
  ASSERT_EQ(of.size(), 4U);
  std::set<std::string> shown;
  for (const PaintedOf& one : of) {
    shown.insert(one.url);
  }
  EXPECT_EQ(shown, std::set<std::string>(photos.begin(), photos.end()));
  make(stage, "fal-ai/flux-2/klein/9b/edit", input);
  EXPECT_EQ(record(stage).at(2).url, of[2].url) << "the same seed, the same photo";
}

TEST_F(FalSitters, APictureThatIsChangedByWordsComesBeforeThePhotos) {
  Stage stage;
  const std::string hers = upload(stage, kept_astronaut());
  const std::string strange = upload(stage, stranger());
  const auto made = make(stage, "fal-ai/flux-2/klein/9b/edit", words("office", {hers}));
  // The product keeps the picture and sends it up again from its own store.
  const std::string source = upload(stage, bytes_of(stage, made[0]));
  json::Object input = words("a beach", {source, strange, strange});
  input.erase("seed");
  input["num_images"] = 3;
  make(stage, "bytedance/seedream/v5/lite/edit", input);
  for (const PaintedOf& one : record(stage)) {
    EXPECT_EQ(one.url, source);
    EXPECT_EQ(one.face, "eileen") << "whoever the picture shows";
  }
  const auto changed =
      make(stage, "fal-ai/flux-pro/kontext", {{"prompt", "a beach"}, {"seed", 7}, {"image_url", source}});
  EXPECT_EQ(record(stage).at(0).url, source);
  EXPECT_EQ(record(stage).at(0).sha256, encoding::sha256_hex(bytes_of(stage, made[0])));
  make(stage, "fal-ai/flux-pro/kontext", {{"prompt", "a castle"}, {"seed", 7}, {"image_url", changed[0]}});
  EXPECT_EQ(record(stage).at(0).face, "eileen") << "and once more";
}

TEST_F(FalSitters, WhatShowsNoFaceIsMeltedIntoTheSceneAndAMissingFileIsNobody) {
  Stage stage;
  const std::string wall = upload(stage, read("previews/help.jpg"));
  make(stage, "fal-ai/flux-2/klein/9b/edit", words("office", {wall}));
  EXPECT_EQ(record(stage).at(0).face, "none");
  const std::string gone = std::string(kOrigin) + "/fal-files/gone.jpg";
  make(stage, "fal-ai/flux-2/klein/9b/edit", words("office", {gone}));
  EXPECT_EQ(record(stage).at(0).url, gone);
  EXPECT_EQ(record(stage).at(0).face, "");
  EXPECT_EQ(record(stage).at(0).sha256, "");
}

TEST_F(FalSitters, WithoutTheProgramThatLooksAtPhotosTheyAreStillPainted) {
  Stage stage({}, "/nowhere/aisha-imager");
  const std::string url = upload(stage, stranger());
  const auto pictures = make(stage, "fal-ai/flux-2/klein/9b/edit", words("office", {url}));
  EXPECT_TRUE(bytes_of(stage, pictures.at(0)).starts_with("\xFF\xD8\xFF"));
  EXPECT_EQ(record(stage).at(0).face, "none");
  EXPECT_EQ(record(stage).at(0).sha256, encoding::sha256_hex(stranger()));
  Stage seeing;
  if (!finds_faces(seeing)) {
    GTEST_SKIP() << "built with -DAISHA_FACES=OFF";
  }
  const auto cut_out = make(seeing, "fal-ai/flux-2/klein/9b/edit", words("office", {upload(seeing, stranger())}));
  EXPECT_NE(bytes_of(stage, pictures.at(0)), bytes_of(seeing, cut_out.at(0))) << "there it is cut out around the face";
}

TEST_F(FalSitters, WhomAPictureShowsOutlivesARestart) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("aisha-fal-sitters-{}", ::getpid());
  std::filesystem::remove_all(folder);
  std::string picture;
  {
    Stage stage(folder);
    picture = make(stage, "fal-ai/flux-2/klein/9b/edit", words("office", {upload(stage, kept_astronaut())}))[0];
  }
  Stage stage(folder);
  EXPECT_EQ(record(stage).at(0).face, "eileen");
  make(stage, "fal-ai/flux-pro/kontext", {{"prompt", "a beach"}, {"image_url", picture}});
  EXPECT_EQ(record(stage).at(0).face, "eileen");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace aisha::sandbox::fal
