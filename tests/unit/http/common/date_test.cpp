// SPDX-License-Identifier: Apache-2.0
#include "http/common/date.hpp"

#include <gtest/gtest.h>

namespace aisha::http {
namespace {

TEST(HttpDate, ReadsTheExampleOfRfc9110) {
  const auto date = parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
  ASSERT_TRUE(date);
  EXPECT_EQ(date->time_since_epoch().count(), 784111777);
}

TEST(HttpDate, RefusesOtherForms) {
  EXPECT_FALSE(parse_http_date(""));
  EXPECT_FALSE(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"));
  EXPECT_FALSE(parse_http_date("Sun, 31 Feb 2024 08:49:37 GMT"));
}

}  // namespace
}  // namespace aisha::http
