// SPDX-License-Identifier: Apache-2.0
#include "stores/people/avatar_details.hpp"

#include <algorithm>

#include "stores/people/actor_row.hpp"
#include "stores/privacy/erasure_person.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace avatar_details = stores::avatar_details;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AvatarDetails : public StoreTest {
 protected:
  /// An avatar without details, as an older Aisha has them.
  Uuid avatar(const std::string& gender = "FEMALE") {
    domain::Avatar a;
    a.id = Uuid::v7(db().now(), rng_);
    a.user_id = user_.id;
    a.name = "me";
    a.gender = gender;
    a.status = domain::AvatarStatus::completed;
    a.lora_url = "https://files.example/lora.safetensors";
    a.is_main = true;
    const auto columns = ask([](UnitOfWork& u) { return stores::avatars::columns(u); });
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::avatars::add(u, a, columns); }));
    return a.id;
  }

  avatar_details::Details imported(const Uuid& avatar_id) {
    avatar_details::Details out;
    out.avatar_id = avatar_id;
    out.made_from = domain::MadeFrom::imported;
    out.gender = "n";
    out.family = "flux-2";
    out.lora = {"avatars/" + avatar_id.to_string() + "/1.safetensors", 89'700'000, std::string(64, 'a')};
    out.url_seen_at = clock_.now();
    return out;
  }

  Result<void> add(const avatar_details::Details& details) {
    return write([&](UnitOfWork& u) { avatar_details::add(u, details); });
  }

  domain::Avatar load(const Uuid& id) {
    return *ask([&](UnitOfWork& u) { return stores::avatars::load(u, id, user_.id); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, AvatarDetails, ::testing::ValuesIn(engines()), case_name);

TEST_P(AvatarDetails, ComeBackAsTheyWereAddedAndOnce) {
  const auto details = imported(avatar());
  ASSERT_TRUE(add(details));
  const auto found = ask([&](UnitOfWork& u) { return avatar_details::find(u, details.avatar_id); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->made_from, domain::MadeFrom::imported);
  EXPECT_EQ(found->gender, "n");
  EXPECT_EQ(found->family, "flux-2");
  EXPECT_EQ(found->lora, details.lora);
  EXPECT_EQ(found->url_seen_at, details.url_seen_at);
  EXPECT_FALSE(add(details)) << "an avatar has one row of them";
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return avatar_details::find(u, Uuid{}); }));
}

TEST_P(AvatarDetails, ComeWithTheAvatarAndWinOverItsColumns) {
  const Uuid id = avatar("");
  EXPECT_EQ(load(id).gender, "MALE") << "the table of an older Aisha has no word for it";
  EXPECT_EQ(load(id).family, domain::kLoraFamily);
  EXPECT_FALSE(load(id).made_from);
  ASSERT_TRUE(add(imported(id)));
  EXPECT_EQ(load(id).gender, "");
  EXPECT_EQ(domain::gender_of(load(id)), domain::Gender::unsaid);
  EXPECT_EQ(load(id).family, "flux-2");
  EXPECT_EQ(load(id).made_from, domain::MadeFrom::imported);
  const auto actor = ask([](UnitOfWork& u) { return stores::actor_row::find(u, 1001, 1001); });
  EXPECT_EQ(actor->main_avatar->family, "flux-2");
  const auto listed = ask([&](UnitOfWork& u) { return stores::avatars::list(u, user_.id); });
  EXPECT_EQ(listed.at(0).avatar.family, "flux-2");
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::bin(u, user_.id, id); }));
  const auto due = ask([&](UnitOfWork& u) { return stores::avatars::to_empty(u, clock_.now() + Millis(1), 9); });
  EXPECT_EQ(due.at(0).family, "flux-2");
}

TEST_P(AvatarDetails, ThatSayNothingLeaveWhatTheAvatarSays) {
  const Uuid id = avatar("FEMALE");
  avatar_details::Details details;
  details.avatar_id = id;
  details.made_from = domain::MadeFrom::references;
  ASSERT_TRUE(add(details));
  EXPECT_EQ(load(id).gender, "FEMALE");
  EXPECT_EQ(load(id).family, domain::kLoraFamily);
  EXPECT_EQ(load(id).made_from, domain::MadeFrom::references);
}

TEST_P(AvatarDetails, CopiesAreReadInOrderPageByPage) {
  std::vector<Uuid> ids;
  for (int i = 0; i < 3; ++i) {
    clock_.advance(Millis(1));
    ids.push_back(avatar());
    ASSERT_TRUE(add(imported(ids.back())));
  }
  clock_.advance(Millis(1));
  avatar_details::Details finetune;
  finetune.avatar_id = avatar();
  ASSERT_TRUE(add(finetune));
  std::ranges::sort(ids);
  const auto after = [&](Uuid last) {
    return ask([&](UnitOfWork& u) { return avatar_details::loras_after(u, last, 2); });
  };
  const auto first = after(Uuid{});
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[1].avatar_id, ids[1]);
  EXPECT_EQ(first[1].lora, imported(ids[1]).lora);
  ASSERT_EQ(after(ids[1]).size(), 1U);
  EXPECT_THAT(after(ids[2]), IsEmpty()) << "what has no copy is left out";
}

TEST_P(AvatarDetails, OfAnEmptiedAvatarAreGone) {
  const Uuid id = avatar();
  ASSERT_TRUE(add(imported(id)));
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::bin(u, user_.id, id); }));
  const auto columns = ask([](UnitOfWork& u) { return stores::avatars::columns(u); });
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::empty(u, id, columns); }));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return avatar_details::find(u, id); }));
}

TEST_P(AvatarDetails, OfAnErasedPersonAreDeletedWithTheirCopies) {
  const Uuid id = avatar();
  ASSERT_TRUE(add(imported(id)));
  EXPECT_THAT(ask([&](UnitOfWork& u) { return stores::erasure::avatar_objects(u, user_.id); }),
              ElementsAre("avatars/" + id.to_string() + "/1.safetensors"));
  const auto erase = [&](Uuid person) {
    return ask(
        [&](UnitOfWork& u) { return stores::erasure::delete_some(u, stores::erasure::Own::details, person, 9); });
  };
  EXPECT_EQ(erase(Uuid{}), 0) << "another's";
  EXPECT_EQ(erase(user_.id), 1);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return avatar_details::find(u, id); }));
}

TEST_P(AvatarDetails, WithHalfOfACopyOrAnotherWordAreRefusedByTheDatabase) {
  const Uuid id = avatar();
  for (const char* text : {"INSERT INTO avatar_details (avatar_id, made_from) VALUES ($1, 'found')",
                           "INSERT INTO avatar_details (avatar_id, made_from, gender) VALUES ($1, 'trained', 'x')",
                           "INSERT INTO avatar_details (avatar_id, made_from, lora_key) VALUES ($1, 'trained', 'k')"}) {
    sql::Batch batch;
    batch.push_back({sql::Statement(sql::Text::lasting(text), id), 1});
    EXPECT_ANY_THROW(run(db().write(std::move(batch)))) << text;
  }
}

}  // namespace
}  // namespace aisha
