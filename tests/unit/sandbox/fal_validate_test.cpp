// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/validate.hpp"

#include <gtest/gtest.h>

#include <string>

namespace aisha::sandbox::fal {
namespace {

json::Array faults(const char* endpoint, const char* input) {
  return faults_of(*find_endpoint(endpoint), json::parse(input).value());
}

/// "type|loc|msg|ctx" of the only fault.
std::string only(const char* endpoint, const char* input) {
  const json::Array all = faults(endpoint, input);
  if (all.size() != 1) {
    return "faults: " + json::serialize(all);
  }
  const json::Object& fault = all.at(0).as_object();
  std::string text = std::string(fault.at("type").as_string()) + "|" + json::serialize(fault.at("loc")) + "|" +
                     std::string(fault.at("msg").as_string());
  if (const json::Value* ctx = fault.if_contains("ctx")) {
    text += "|" + json::serialize(*ctx);
  }
  return text;
}

constexpr const char* kUltra = "fal-ai/flux-pro/v1.1-ultra";
constexpr const char* kFinetuned = "fal-ai/flux-pro/v1.1-ultra-finetuned";
constexpr const char* kLora = "fal-ai/flux-lora";

// The expected texts are those of pydantic 2.13.4, read off a run of it.
TEST(FalValidation, SpeaksAsPydanticDoes) {
  EXPECT_EQ(only(kUltra, "{}"), R"(missing|["body","prompt"]|Field required)");
  EXPECT_EQ(only(kUltra, R"({"prompt":5})"), R"(string_type|["body","prompt"]|Input should be a valid string)");
  EXPECT_EQ(
      only(kUltra, R"({"prompt":"a","num_images":"x"})"),
      R"(int_parsing|["body","num_images"]|Input should be a valid integer, unable to parse string as an integer)");
  EXPECT_EQ(
      only(kUltra, R"({"prompt":"a","num_images":1.5})"),
      R"(int_from_float|["body","num_images"]|Input should be a valid integer, got a number with a fractional part)");
  EXPECT_EQ(only(kUltra, R"({"prompt":"a","num_images":null})"),
            R"(int_type|["body","num_images"]|Input should be a valid integer)");
  EXPECT_EQ(only(kUltra, R"({"prompt":"a","num_images":5})"),
            R"(less_than_equal|["body","num_images"]|Input should be less than or equal to 4|{"le":4})");
  EXPECT_EQ(only(kFinetuned, R"({"prompt":"a","finetune_id":"f","finetune_strength":-1})"),
            R"(greater_than_equal|["body","finetune_strength"]|Input should be greater than or equal to 0|{"ge":0E0})");
  EXPECT_EQ(only(kUltra, R"({"prompt":"a","raw":"maybe"})"),
            R"(bool_parsing|["body","raw"]|Input should be a valid boolean, unable to interpret input)");
  EXPECT_EQ(only(kUltra, R"({"prompt":"a","raw":null})"),
            R"(bool_type|["body","raw"]|Input should be a valid boolean)");
  EXPECT_EQ(only(kLora, R"({"prompt":"a","loras":"x"})"), R"(list_type|["body","loras"]|Input should be a valid list)");
}

TEST(FalValidation, SafetyToleranceIsATextNotANumber) {
  EXPECT_EQ(only(kUltra, R"({"prompt":"a","safety_tolerance":2})"),
            R"(literal_error|["body","safety_tolerance"]|Input should be '1', '2', '3', '4', '5' or '6'|)"
            R"({"expected":"'1', '2', '3', '4', '5' or '6'"})");
  EXPECT_TRUE(faults(kUltra, R"({"prompt":"a","safety_tolerance":"2"})").empty());
}

TEST(FalValidation, ReportsAllFaultsInTheOrderOfTheFields) {
  const json::Array all = faults(kFinetuned, R"({"finetune_strength":3,"num_images":0})");
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].at("loc").at(1).as_string(), "prompt");
  EXPECT_EQ(all[1].at("loc").at(1).as_string(), "num_images");
  EXPECT_EQ(all[2].at("loc").at(1).as_string(), "finetune_id");
  EXPECT_EQ(all[3].at("loc").at(1).as_string(), "finetune_strength");
}

TEST(FalValidation, NamesTheIndexOfABadLora) {
  EXPECT_EQ(only(kLora, R"({"prompt":"a","loras":[{"path":"p"},{"scale":1}]})"),
            R"(missing|["body","loras",1,"path"]|Field required)");
  EXPECT_EQ(only(kLora, R"({"prompt":"a","loras":[{"path":"p","scale":4.5}]})"),
            R"(less_than_equal|["body","loras",0,"scale"]|Input should be less than or equal to 4|{"le":4E0})");
}

TEST(FalValidation, TakesImageSizesByNameOrInPixels) {
  EXPECT_TRUE(faults(kLora, R"({"prompt":"a","image_size":"portrait_4_3"})").empty());
  EXPECT_TRUE(faults(kLora, R"({"prompt":"a","image_size":{"width":1536,"height":2048}})").empty());
  EXPECT_EQ(faults(kLora, R"({"prompt":"a","image_size":"poster"})").size(), 2U) << "one fault for each form";
  EXPECT_EQ(only(kLora, R"({"prompt":"a","image_size":{"width":0,"height":2048}})"),
            R"(greater_than|["body","image_size","ImageSize","width"]|Input should be greater than 0|{"gt":0})");
}

TEST(FalValidation, IgnoresUnknownFieldsAndTakesNullOnlyWhereItIsDeclared) {
  EXPECT_TRUE(faults(kLora, R"({"prompt":"a","negative_prompt":"b","seed":null})").empty());
  EXPECT_FALSE(faults(kLora, R"({"prompt":"a","guidance_scale":null})").empty());
}

TEST(FalSizes, UltraPicturesHaveAboutFourMegapixels) {
  const auto size = [](const char* input, int cap) {
    return size_of(*find_endpoint(kUltra), json::parse(input).value().as_object(), cap);
  };
  EXPECT_EQ(size("{}", 4096).width, 2752);
  EXPECT_EQ(size("{}", 4096).height, 1536);
  const Size portrait = size(R"({"aspect_ratio":"3:4"})", 4096);
  EXPECT_GE(portrait.height, 2048);
  EXPECT_NEAR(double(portrait.width) / portrait.height, 0.75, 0.02);
  const Size capped = size(R"({"aspect_ratio":"3:4"})", 1024);
  EXPECT_EQ(capped.height, 1024);
  EXPECT_NEAR(double(capped.width) / capped.height, 0.75, 0.02);
  const Size odd = size(R"({"aspect_ratio":"5:7"})", 4096);
  EXPECT_NEAR(odd.width * odd.height / 1e6, 4.2, 0.2);
}

TEST(FalSizes, LoraPicturesAreWhatWasAskedFor) {
  const auto size = [](const char* input) {
    return size_of(*find_endpoint(kLora), json::parse(input).value().as_object(), 4096);
  };
  EXPECT_EQ(size("{}").width, 1024);
  EXPECT_EQ(size(R"({"image_size":"square"})").width, 512);
  EXPECT_EQ(size(R"({"image_size":{"width":1536,"height":2048}})").height, 2048);
}

TEST(FalModels, TheApplicationIsTheFirstTwoPartsOfAnEndpoint) {
  EXPECT_EQ(app_of("fal-ai/flux-pro/v1.1-ultra"), "fal-ai/flux-pro");
  EXPECT_EQ(app_of("fal-ai/flux-lora"), "fal-ai/flux-lora");
  EXPECT_EQ(app_of("workflows/someone/flow/x"), "workflows/someone/flow");
}

}  // namespace
}  // namespace aisha::sandbox::fal
