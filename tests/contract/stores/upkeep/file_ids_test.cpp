// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/file_ids.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

using namespace testing;

class FileIds : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Engines, FileIds, ::testing::ValuesIn(engines()), case_name);

TEST_P(FileIds, AFileIdBelongsToItsBotAndIsReplacedAndForgotten) {
  const auto find = [&](std::int64_t bot) {
    return ask([&](UnitOfWork& u) { return stores::file_ids::find(u, bot, "home"); });
  };
  for (const char* id : {"one", "two"}) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::file_ids::put(u, 1, "home", id); }));
  }
  EXPECT_EQ(find(1), "two");
  EXPECT_FALSE(find(2));
  ASSERT_TRUE(write([](UnitOfWork& u) { stores::file_ids::forget(u, 1, "home"); }));
  EXPECT_FALSE(find(1));
}

}  // namespace
}  // namespace aisha
