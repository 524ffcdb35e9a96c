// SPDX-License-Identifier: Apache-2.0
#include "stores/sharing/share_links.hpp"

#include "stores/sharing/newest_own.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace links = stores::share_links;
namespace requests = stores::requests;
using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kToken = "AAAAAAAAAAAAAAAAAAAAAA";
constexpr const char* kOther = "BBBBBBBBBBBBBBBBBBBBBB";

class ShareLinks : public PlanTest {
 protected:
  Picture ready() {
    const Picture picture = draft(user_);
    EXPECT_TRUE(write([&](UnitOfWork& u) { requests::create(u, picture); }));
    EXPECT_TRUE(
        write([&](UnitOfWork& u) { requests::make_ready(u, picture.id, object(job_for(picture)), Millis(1)); }));
    clock_.advance(Millis(1));
    return request(picture.id);
  }
  TimePoint in(int days) { return db().now() + std::chrono::days(days); }
  Result<void> make(const Picture& picture, const char* token, TimePoint until) {
    return write([&](UnitOfWork& u) { links::make(u, picture, token, until); });
  }
  std::optional<Picture> opened(const char* token) {
    return ask([token](UnitOfWork& u) { return links::opened(u, token); });
  }
  std::optional<links::Shared> of_picture(const Uuid& owner, const Uuid& id) {
    return ask([&](UnitOfWork& u) { return links::of_picture(u, owner, id); });
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, ShareLinks, ::testing::ValuesIn(engines()), case_name);

TEST_P(ShareLinks, ShowsThePictureUntilItEndsIsClosedOrItsPictureGoes) {
  const Picture picture = ready();
  ASSERT_TRUE(make(picture, kToken, in(30)));
  ASSERT_TRUE(opened(kToken));
  EXPECT_EQ(opened(kToken)->id, picture.id);
  EXPECT_FALSE(opened(kOther));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, picture.id, user_.id); }));
  EXPECT_FALSE(opened(kToken));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::restore(u, picture.id, user_.id); }));
  EXPECT_TRUE(opened(kToken));
  clock_.advance(std::chrono::days(31));
  EXPECT_FALSE(opened(kToken));
  EXPECT_FALSE(of_picture(user_.id, picture.id)->link) << "what has ended is no link to prolong";
  ASSERT_TRUE(make(picture, kOther, in(30)));
  EXPECT_TRUE(opened(kOther));
  ASSERT_TRUE(write([&](UnitOfWork& u) { links::close(u, user_.id, picture.id); }));
  EXPECT_FALSE(opened(kOther));
}

TEST_P(ShareLinks, OfTwoWhoMakeOneAtOnceOneMeetsAConflict) {
  const Picture picture = ready();
  UnitOfWork first = unit();
  links::make(first, picture, kToken, in(30));
  ASSERT_TRUE(commit(first));
  UnitOfWork second = unit();
  second.write(sql::Statement(
      "INSERT INTO share_links (token, generation_id, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $4)"
      " ON CONFLICT DO NOTHING",
      kOther, picture.id, user_.id, db().now()));
  EXPECT_EQ(commit(second).error().code, Errc::conflict);
  UnitOfWork closed = unit();
  links::close(closed, user_.id, picture.id);
  ASSERT_TRUE(commit(closed));
  EXPECT_EQ(write([&](UnitOfWork& u) { links::prolong(u, kToken, in(40)); }).error().code, Errc::conflict)
      << "a closed one is never opened again";
}

TEST_P(ShareLinks, IsTheOwnersAloneAndCountsWhoOpensIt) {
  const Picture picture = ready();
  const auto other = make_user(2002, 0);
  ASSERT_TRUE(make(picture, kToken, in(30)));
  EXPECT_FALSE(of_picture(other.id, picture.id));
  ASSERT_TRUE(write([&](UnitOfWork& u) { links::close(u, other.id, picture.id); }));
  EXPECT_TRUE(opened(kToken)) << "only its owner closes it";
  ASSERT_TRUE(write([&](UnitOfWork& u) { links::count(u, kToken); }));
  EXPECT_EQ(of_picture(user_.id, picture.id)->link->opened, 1);
}

TEST_P(ShareLinks, APurgeTakesTheLinkAlong) {
  Picture picture = ready();
  ASSERT_TRUE(make(picture, kToken, in(30)));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, picture.id, user_.id); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, picture); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM share_links")), 0);
  EXPECT_FALSE(of_picture(user_.id, picture.id));
}

TEST_P(ShareLinks, TheNewestComeWithoutFavouritesPageByPage) {
  std::vector<Uuid> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(ready().id);
  }
  const auto page = [&](std::optional<Uuid> behind) {
    std::vector<Uuid> out;
    for (const auto& own : ask([&](UnitOfWork& u) { return stores::newest_own(u, user_.id, behind, 2); })) {
      out.push_back(own.picture.id);
    }
    return out;
  };
  EXPECT_EQ(page({}), (std::vector{ids[4], ids[3]}));
  EXPECT_EQ(page(ids[3]), (std::vector{ids[2], ids[1]}));
  EXPECT_EQ(page(ids[1]), (std::vector{ids[0]}));
  Uuid absent;
  absent.bytes.fill(0x5A);
  EXPECT_TRUE(page(absent).empty());
}

}  // namespace
}  // namespace aisha
