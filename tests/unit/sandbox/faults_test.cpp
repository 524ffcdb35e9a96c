// SPDX-License-Identifier: Apache-2.0
#include "sandbox/common/faults.hpp"

#include <gtest/gtest.h>

namespace aisha::sandbox {
namespace {

Result<int> order(Faults& faults, std::string_view text) {
  return faults.add(*json::parse(text));
}

std::string why(std::string_view text) {
  Faults faults;
  const auto id = order(faults, text);
  return id ? "taken" : id.error().detail;
}

TEST(SandboxFaults, HitOnceUnlessToldOtherwise) {
  Faults faults;
  ASSERT_TRUE(order(faults, R"({"where":"telegram","then":{"status":500}})"));
  EXPECT_EQ(faults.take("telegram", {})->status, 500);
  EXPECT_FALSE(faults.take("telegram", {}));
  ASSERT_TRUE(order(faults, R"({"where":"fal","times":0,"then":{"delay_ms":5}})"));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(faults.take("fal", {})->delay_ms, 5);
  }
  EXPECT_FALSE(faults.take("fal_files", {}));
}

TEST(SandboxFaults, MatchMethodChatAndPathAndTheNthRequest) {
  Faults faults;
  ASSERT_TRUE(order(faults, R"({"where":"telegram","match":{"method":"sendPhoto","chat":42,"nth":2},"times":1,)"
                            R"("then":{"drop":"after"}})"));
  EXPECT_FALSE(faults.take("telegram", {{"method", "sendMessage"}, {"chat", "42"}}));
  EXPECT_FALSE(faults.take("telegram", {{"method", "sendPhoto"}, {"chat", "43"}}));
  EXPECT_FALSE(faults.take("telegram", {{"method", "SENDPHOTO"}, {"chat", "42"}})) << "the first one passes";
  const auto hit = faults.take("telegram", {{"method", "sendphoto"}, {"chat", "42"}});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->drop, FaultAction::Drop::after);
  EXPECT_FALSE(hit->skips_work());
  ASSERT_TRUE(order(faults, R"({"where":"fal_files","match":{"path":"/cat"},"then":{"truncate":true}})"));
  EXPECT_FALSE(faults.take("fal_files", {{"path", "/dog.jpg"}}));
  EXPECT_TRUE(faults.take("fal_files", {{"path", "/files/cat.jpg"}})->truncate);
}

TEST(SandboxFaults, MeanA429WhenTheyOnlyNameAWait) {
  Faults faults;
  ASSERT_TRUE(order(faults, R"({"where":"telegram","then":{"retry_after":7}})"));
  const auto hit = faults.take("telegram", {});
  EXPECT_EQ(hit->status, 429);
  EXPECT_EQ(hit->retry_after, 7);
}

TEST(SandboxFaults, AreListedAndRemoved) {
  Faults faults;
  const auto id = order(faults, R"({"where":"telegram","times":3,"then":{"status":500}})");
  faults.take("telegram", {});
  const json::Value listed = faults.list();
  EXPECT_EQ(listed.at("faults").at(0).at("left").as_int64(), 2);
  EXPECT_EQ(listed.at("faults").at(0).at("id").as_int64(), *id);
  EXPECT_TRUE(faults.remove(*id));
  EXPECT_FALSE(faults.remove(*id));
  EXPECT_TRUE(faults.list().at("faults").as_array().empty());
}

TEST(SandboxFaults, RefuseWhatTheyDoNotUnderstand) {
  EXPECT_EQ(why(R"({"where":"moon","then":{}})"), "where must be \"telegram\", \"fal\" or \"fal_files\"");
  EXPECT_EQ(why(R"({"where":"fal"})"), "then is missing: what shall happen?");
  EXPECT_EQ(why(R"({"where":"fal","match":{"nth":0},"then":{}})"), "match.nth counts from 1");
  EXPECT_EQ(why(R"({"where":"fal","match":{"methd":"x"},"then":{}})"),
            "match has no key \"methd\": it knows method, chat, endpoint, path, nth");
  EXPECT_EQ(why(R"({"where":"fal","then":{"status":9}})"), "then.status must be an HTTP status");
  EXPECT_EQ(why(R"({"when":1})"), "a fault has no key \"when\": it knows where, match, times, then");
}

}  // namespace
}  // namespace aisha::sandbox
