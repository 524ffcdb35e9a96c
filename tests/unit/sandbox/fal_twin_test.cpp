// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/twin.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <filesystem>
#include <string>
#include <utility>

#include "sandbox/fal/routes.hpp"
#include "tests/unit/sandbox/fal_stage.hpp"

namespace aisha::sandbox::fal {
namespace {

/// A folder of its own, gone with the test.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("aisha-fal-twin-" + std::to_string(::getpid()) + "-" +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
  Folder() { std::filesystem::remove_all(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

TEST(FalTwin, RefusesUnknownKeysInTheWordsOfFal) {
  Stage stage;
  const auto wrong = stage.call("POST", "/fal/fal-ai/flux-lora", "{}", "Key somebody:else");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, R"({"detail":"invalid key credentials"})");
  EXPECT_EQ(stage.call("POST", "/fal/fal-ai/flux-lora", "{}", "Key sandbox:").status, 401);
  EXPECT_EQ(stage.call("POST", "/fal/fal-ai/flux-lora", "{}", "Key sandbox:mine").status, 200);
  const auto missing = stage.call("POST", "/fal/fal-ai/flux-lora", "{}", "");
  EXPECT_EQ(missing.status, 401);
  EXPECT_NE(missing.body.find("Authentication is required to access this application."), std::string::npos);
}

TEST(FalTwin, PaintsAPictureAndServesIt) {
  Stage stage;
  const auto response = stage.result(stage.submit("sunset"));
  ASSERT_EQ(response.status, 200) << response.body;
  const std::string url(Stage::body(response).at("images").as_array().at(0).at("url").as_string());
  ASSERT_TRUE(url.starts_with("http://127.0.0.1:8081/fal-files/")) << url;
  const auto file = stage.call("GET", url.substr(21));
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.content_type, "image/jpeg");
  EXPECT_TRUE(file.body.starts_with("\xFF\xD8\xFF"));
}

TEST(FalTwin, ARestartKeepsResultsPicturesAndUploads) {
  Folder folder;
  std::string id, before, picture, upload;
  {
    Stage stage(folder.path);
    id = stage.submit("office");
    before = stage.result(id).body;
    picture = std::string(json::parse(before).value().at("images").at(0).at("url").as_string()).substr(21);
    const auto slot = Stage::body(stage.call("POST", "/fal/storage/upload/initiate", R"({"file_name":"a.zip"})"));
    upload = std::string(slot.at("file_url").as_string()).substr(21);
    EXPECT_EQ(stage.call("PUT", std::string(slot.at("upload_url").as_string()).substr(21), "bytes").status, 200);
  }
  Stage stage(folder.path);
  EXPECT_EQ(stage.result(id).body, before);
  EXPECT_EQ(stage.call("GET", picture).status, 200);
  EXPECT_EQ(stage.call("GET", upload).body, "bytes");
  EXPECT_NE(stage.submit("library"), id) << "ids must not begin again";
}

TEST(FalTwin, AnUploadNeedsTheAddressThatWasHandedOut) {
  Stage stage;
  const auto slot = Stage::body(stage.call("POST", "/fal/storage/upload/initiate", R"({"file_name":"a.png"})"));
  const std::string path = std::string(slot.at("file_url").as_string()).substr(21);
  EXPECT_EQ(stage.call("PUT", path + "?signature=guess", "x").status, 403);
  EXPECT_EQ(stage.call("GET", path).status, 404);
}

TEST(FalTwin, FaultsHitBeforeOrAfterTheWork) {
  Stage stage;
  const auto order = [&](const char* then) {
    const std::string text = std::string(R"({"where":"fal","match":{"method":"POST"},"then":)") + then + "}";
    ASSERT_TRUE(stage.faults.add(json::parse(text).value()).has_value());
  };
  order(R"({"status":503})");
  const auto refused = stage.call("POST", "/fal/fal-ai/flux-lora", R"({"prompt":"a"})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(stage.twin.requests().as_object().at("requests").as_array().size(), 0U);
  order(R"({"drop":"after"})");
  EXPECT_TRUE(stage.call("POST", "/fal/fal-ai/flux-lora", R"({"prompt":"a"})").drop);
  EXPECT_EQ(stage.twin.requests().as_object().at("requests").as_array().size(), 1U) << "the work was done";
}

TEST(FalTwin, SettingsAreCheckedAndMerged) {
  Stage stage;
  const auto changed = stage.twin.change_settings(json::parse(R"({"webhook":"twice","run_ms":5})").value());
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(changed->at("webhook").as_string(), "twice");
  EXPECT_EQ(changed->at("max_side").to_number<int>(), 128) << "what was not named stays";
  EXPECT_FALSE(stage.twin.change_settings(json::parse(R"({"webhook":"never"})").value()).has_value());
  EXPECT_FALSE(stage.twin.change_settings(json::parse(R"({"speed":1})").value()).has_value());
  EXPECT_FALSE(stage.twin.change_settings(json::parse(R"({"max_side":9})").value()).has_value());
}

TEST(FalTwin, TheAddressesInItsAnswersLeadBackToIt) {
  Stage stage;
  http::Router router;
  add_fal_routes(router, stage.twin);
  for (const char* endpoint : {"fal-ai/flux-lora", "google/nano-banana-2.1/edit", "bytedance/seedream/v5/lite/edit"}) {
    const json::Object input{{"prompt", "sandbox:empty"}, {"image_urls", {"http://127.0.0.1:8081/fal-files/a.jpg"}}};
    const auto told = Stage::body(stage.call("POST", std::string("/fal/") + endpoint, json::serialize(input)));
    for (const char* address : {"status_url", "response_url"}) {
      http::ServerRequest request;
      request.method = "GET";
      request.path = std::string(told.at(address).as_string()).substr(21);
      request.headers = {{"Host", "127.0.0.1:8081"}, {"Authorization", "Key test:secret"}};
      EXPECT_NE(fakes::run_task(stage.io, router.route(std::move(request))).status, 404) << told.at(address);
    }
  }
}

TEST(FalTwin, DeliversASignedWebhook) {
  Stage stage;
  stage.client.answer(200);
  http::ServerRequest request;
  request.method = "POST";
  request.path = "/fal/fal-ai/flux-lora";
  request.query["fal_webhook"] = "http://127.0.0.1:9/hook";
  request.headers = {{"Host", "127.0.0.1:8081"}, {"Authorization", "Key test:secret"}};
  request.body = R"({"prompt":"sandbox:empty"})";
  fakes::run_task(stage.io, stage.twin.serve(std::move(request)));
  boost::asio::co_spawn(stage.io, stage.twin.run(), boost::asio::detached);
  while (stage.client.requests.empty()) {
    stage.io.restart();
    stage.io.run_one();
  }
  EXPECT_EQ(stage.client.requests[0].url, "http://127.0.0.1:9/hook");
  EXPECT_EQ(stage.client.header(0, "X-Fal-Webhook-Signature").size(), 128U);
  stage.twin.stop();
  stage.io.restart();
  stage.io.run();
}

}  // namespace
}  // namespace aisha::sandbox::fal
