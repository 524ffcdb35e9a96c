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
    const auto found = ask([&](UnitOfWork& u) { return stores::file_ids::find(u, bot, {"home"}); });
    return found.empty() ? std::nullopt : std::optional(found.at(0).file_id);
  };
  for (const char* id : {"one", "two"}) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::file_ids::put(u, 1, "home", id); }));
  }
  EXPECT_EQ(find(1), "two");
  EXPECT_FALSE(find(2));
  ASSERT_TRUE(write([](UnitOfWork& u) { stores::file_ids::forget(u, 1, "home"); }));
  EXPECT_FALSE(find(1));
}

TEST_P(FileIds, SeveralAreFoundAtOnceAndOneKnowsWhoseItIs) {
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::file_ids::put(u, 1, "home", "a");
    stores::file_ids::put(u, 1, "result/1", "b", {user_.id, "picture"});
    stores::file_ids::put(u, 2, "result/2", "c", {user_.id, "picture"});
  }));
  const auto found =
      ask([&](UnitOfWork& u) { return stores::file_ids::find(u, 1, {"result/1", "result/2", "home", "none"}); });
  ASSERT_EQ(found.size(), 2U) << "the third is another bot's";
  for (const auto& one : found) {
    EXPECT_EQ(one.is_owned, one.photo_key == "result/1") << one.photo_key;
    EXPECT_EQ(one.file_id, one.photo_key == "home" ? "a" : "b");
  }
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM file_ids WHERE user_id = $1 AND scope = 'picture'", user_.id)),
            2);
  // Uploaded anew: whose it is goes along.
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::file_ids::put(u, 1, "result/1", "d", {user_.id, "list"}); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM file_ids WHERE scope = 'list'")), 1);
}

}  // namespace
}  // namespace aisha
