// SPDX-License-Identifier: Apache-2.0
#include "cache/redis/address.hpp"

#include <gtest/gtest.h>

namespace aisha::cache::redis {
namespace {

TEST(RedisAddress, ReadsHostPortAndDatabase) {
  const auto plain = parse_address("redis://cache.local");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->name(), "cache.local:6379");
  EXPECT_EQ(plain->database, 0);
  EXPECT_TRUE(plain->password.empty());
  const auto full = parse_address("redis://10.0.0.7:6380/3");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->name(), "10.0.0.7:6380");
  EXPECT_EQ(full->database, 3);
  const auto v6 = parse_address("redis://[::1]:6380/");
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->host, "::1");
  EXPECT_EQ(v6->name(), "[::1]:6380");
}

TEST(RedisAddress, UserAndPasswordMayBeEncodedAndStandInNoName) {
  const auto both = parse_address("redis://aisha:p%40ss%2Fword@h:1");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->user, "aisha");
  EXPECT_EQ(both->password.reveal(), "p@ss/word");
  EXPECT_EQ(both->name(), "h:1");
  const auto alone = parse_address("redis://:secret@h");
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->user, "");
  EXPECT_EQ(alone->password.reveal(), "secret");
}

TEST(RedisAddress, RefusesTheRestWithoutRepeatingIt) {
  for (const char* url : {"", "redis:", "redis://", "rediss://u:hunter2@h", "redis://u:hunter2@h/x", "redis://h/-1",
                          "redis://h:0", "redis://h:70000", "redis://u:hunter2@h/0?x=1", "redis://u:hunter2@h/0#x",
                          "redis://u:hunter2@h/1/2", "http://h", "redis://ho st"}) {
    const auto refused = parse_address(url);
    ASSERT_FALSE(refused) << url;
    EXPECT_EQ(refused.error().code, Errc::config_invalid);
    EXPECT_TRUE(refused.error().detail.starts_with("cache.url: ")) << refused.error().detail;
    EXPECT_EQ(refused.error().detail.find("hunter2"), std::string::npos);
  }
}

}  // namespace
}  // namespace aisha::cache::redis
