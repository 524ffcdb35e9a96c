// SPDX-License-Identifier: Apache-2.0
#include "stores/photos/training_photos.hpp"

#include "stores/people/actor_row.hpp"
#include "stores/photos/consents.hpp"
#include "stores/photos/photo_sets.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace consents = stores::consents;
namespace photo_sets = stores::photo_sets;
namespace photos = stores::training_photos;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class TrainingPhotos : public PlanTest {
 protected:
  domain::Avatar draft(const char* name = "Аватар") {
    domain::Avatar avatar;
    avatar.id = Uuid::v7(db().now(), rng_);
    avatar.user_id = user_.id;
    avatar.name = name;
    clock_.advance(Millis(1));
    const auto columns = ask([](UnitOfWork& u) { return stores::avatars::columns(u); });
    EXPECT_TRUE(write([&](UnitOfWork& u) {
      photo_sets::begin(u, avatar, columns, user_.telegram_id, db().now() + std::chrono::days(7));
    }));
    return avatar;
  }
  photos::Photo sent(const domain::Avatar& avatar, std::int64_t message, const std::string& file = {}) {
    photos::Photo photo;
    photo.id = Uuid::v7(db().now(), rng_);
    photo.avatar_id = avatar.id;
    photo.user_id = avatar.user_id;
    photo.chat_id = user_.telegram_id;
    photo.message_id = message;
    photo.file_id = "file-" + std::to_string(message);
    photo.unique_id = file.empty() ? "unique-" + std::to_string(message) : file;
    EXPECT_TRUE(write([&](UnitOfWork& u) { photos::add(u, photo); }));
    return photo;
  }
  std::vector<photos::Photo> take(std::int64_t limit = 9) {
    return ask([&](UnitOfWork& u) { return photos::claim(u, limit, kLease); });
  }
  Result<void> keep(const photos::Photo& photo, std::uint64_t dhash, std::int64_t merit = 100,
                    std::optional<Errc> weak = std::nullopt) {
    const auto with = ask([&](UnitOfWork& u) { return photos::compared(u, photo.avatar_id); });
    domain::PhotoVerdict verdict;
    verdict.merit = merit;
    verdict.weak = weak;
    const photos::Object object{1024, 1280, 90'000, std::string(64, 'a'), dhash};
    return write([&](UnitOfWork& u) {
      photos::keep(u, photo, verdict, object, *with);
      photo_sets::count_photos(u, photo.avatar_id);
    });
  }
  photo_sets::Set set_of(const domain::Avatar& avatar) {
    return *ask([&](UnitOfWork& u) { return photo_sets::find(u, avatar.id, user_.id); });
  }
  std::vector<std::int64_t> messages(const std::vector<photos::Photo>& of) {
    std::vector<std::int64_t> out;
    for (const photos::Photo& photo : of) {
      out.push_back(photo.message_id);
    }
    return out;
  }
  std::optional<TimePoint> due() {
    return ask([](UnitOfWork& u) { return photos::next_due(u); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, TrainingPhotos, ::testing::ValuesIn(engines()), case_name);

TEST_P(TrainingPhotos, AreTakenOneAfterTheOtherInTheOrderOfTheirMessages) {
  const auto avatar = draft();
  for (const std::int64_t message : {12, 10, 11}) {
    sent(avatar, message);
  }
  const auto first = take();
  ASSERT_THAT(messages(first), ElementsAre(10));
  EXPECT_THAT(take(), IsEmpty()) << "the others wait for it";
  ASSERT_TRUE(keep(first[0], 1));
  const auto second = take();
  EXPECT_THAT(messages(second), ElementsAre(11));
  sent(avatar, 5);
  EXPECT_THAT(take(), IsEmpty()) << "a late one does not overtake the one in hand";
}

TEST_P(TrainingPhotos, OfTwoAvatarsAreTakenSideBySide) {
  sent(draft("one"), 1);
  sent(draft("two"), 2);
  sent(draft("three"), 3);
  EXPECT_THAT(take(2), SizeIs(2));
  EXPECT_THAT(take(2), SizeIs(1));
}

TEST_P(TrainingPhotos, TheSameFileIsOneRow) {
  const auto avatar = draft();
  sent(avatar, 1, "same");
  sent(avatar, 2, "same");
  sent(draft("another"), 3, "same");
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM training_photos")), 2);
}

TEST_P(TrainingPhotos, OneWhoseLeaseIsOverIsTakenAgainAndItsFirstTakerWritesNothing) {
  sent(draft(), 1);
  const auto lost = take();
  EXPECT_EQ(due(), clock_.now() + kLease);
  clock_.advance(kLease);
  const auto again = take();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].attempts, 2);
  EXPECT_FALSE(keep(lost[0], 1));
  EXPECT_TRUE(keep(again[0], 1));
  EXPECT_FALSE(due());
}

TEST_P(TrainingPhotos, OneThatWaitsHoldsThoseBehindIt) {
  const auto avatar = draft();
  sent(avatar, 1);
  sent(avatar, 2);
  const auto head = take();
  ASSERT_TRUE(write([&](UnitOfWork& u) { photos::retry(u, head[0], Millis(5'000)); }));
  EXPECT_THAT(take(), IsEmpty());
  EXPECT_EQ(due(), clock_.now() + Millis(5'000));
  clock_.advance(Millis(5'000));
  EXPECT_THAT(messages(take()), ElementsAre(1));
}

TEST_P(TrainingPhotos, AreNotKeptPastAnotherThatWasKeptMeanwhile) {
  const auto avatar = draft();
  sent(avatar, 1);
  const auto taken = take();
  const auto with = ask([&](UnitOfWork& u) { return photos::compared(u, avatar.id); });
  fill("UPDATE avatar_details SET version = version + 1");
  const photos::Object object{1024, 1280, 90'000, std::string(64, 'a'), 1};
  EXPECT_FALSE(write([&](UnitOfWork& u) { photos::keep(u, taken[0], {}, object, *with); }));
}

TEST_P(TrainingPhotos, TheBestFourGoWithPictures) {
  const auto avatar = draft();
  for (std::int64_t message = 1; message <= 5; ++message) {
    sent(avatar, message);
    ASSERT_TRUE(keep(take().at(0), static_cast<std::uint64_t>(message), message == 3 ? 7 : message * 10));
  }
  const auto best = ask([&](UnitOfWork& u) { return photos::references(u, avatar.id); });
  ASSERT_THAT(best, SizeIs(4));
  const auto all = ask([&](UnitOfWork& u) { return photos::list(u, avatar.id); });
  EXPECT_EQ(best[0].key, all[4].object_key);
  EXPECT_EQ(best[3].key, all[0].object_key) << "the third has the least merit";
  EXPECT_EQ(best[0].bucket, "generated");
  EXPECT_EQ(best[0].content_type, "image/jpeg");
  EXPECT_EQ(best[0].width, 1024);
  const auto set = set_of(avatar);
  EXPECT_EQ(set.kept, 5);
  EXPECT_EQ(set.avatar.photos, 5);
  EXPECT_EQ(set.avatar.photo, best[0].key) << "its face is the best photo";
}

TEST_P(TrainingPhotos, RemovedOnesGoWithTheirObjectsAndLeaveNoFace) {
  const auto avatar = draft();
  sent(avatar, 1);
  ASSERT_TRUE(keep(take().at(0), 1, 100, Errc::photo_dark));
  sent(avatar, 2);
  ASSERT_TRUE(write([&](UnitOfWork& u) { photos::refuse(u, take().at(0), Errc::photo_no_face); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    photos::remove_weak(u, avatar.id);
    photo_sets::count_photos(u, avatar.id);
  }));
  EXPECT_EQ(set_of(avatar).avatar.photos, 0);
  EXPECT_EQ(set_of(avatar).avatar.photo, "");
  const auto gone = take();
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone[0].state, photos::State::removed);
  EXPECT_THAT(gone[0].object_key, HasSubstr(avatar.id.to_string()));
  ASSERT_TRUE(write([&](UnitOfWork& u) { photos::forget(u, gone[0]); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM training_photos")), 1) << "the refused one stays named";
  ASSERT_TRUE(write([&](UnitOfWork& u) { photos::remove_all(u, avatar.id); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM training_photos")), 0);
}

TEST_P(TrainingPhotos, OneInHandIsNotRemovedBeforeItsLeaseIsOver) {
  const auto avatar = draft();
  sent(avatar, 1);
  const auto taken = take();
  ASSERT_TRUE(write([&](UnitOfWork& u) { photos::remove_all(u, avatar.id); }));
  EXPECT_FALSE(keep(taken[0], 1));
  EXPECT_THAT(take(), IsEmpty());
  clock_.advance(kLease);
  EXPECT_THAT(take(), SizeIs(1));
}

TEST_P(TrainingPhotos, ADraftBecomesTheMainAvatarOfWhoeverHasNoUsableOne) {
  const auto avatar = draft();
  const auto main = [&] {
    return ask([&](UnitOfWork& u) { return stores::actor_row::find(u, 1001, 1001); })->main_avatar;
  };
  EXPECT_EQ(domain::check_usable(*main()).error().code, Errc::avatar_photos_few);
  sent(avatar, 1);
  ASSERT_TRUE(keep(take().at(0), 1));
  EXPECT_EQ(domain::check_usable(*main()).error().code, Errc::avatar_consent);
  EXPECT_FALSE(set_of(avatar).is_agreed);
  const auto columns = ask([](UnitOfWork& u) { return stores::avatars::columns(u); });
  photo_sets::Set stale = set_of(avatar);
  --stale.version;
  EXPECT_FALSE(write([&](UnitOfWork& u) { photo_sets::set_gender(u, stale, domain::Gender::man, columns); }))
      << "a photo was kept meanwhile";
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    consents::give(u, user_.id, avatar.id, "1", domain::Language::ru);
    photo_sets::set_gender(u, set_of(avatar), domain::Gender::unsaid, columns);
    photo_sets::complete(u, avatar.id, columns);
  }));
  EXPECT_TRUE(set_of(avatar).is_agreed);
  ASSERT_TRUE(domain::check_usable(*main()));
  EXPECT_EQ(domain::gender_of(*main()), domain::Gender::unsaid);
  EXPECT_EQ(main()->made_from, domain::MadeFrom::references);
  EXPECT_FALSE(write([&](UnitOfWork& u) { photo_sets::complete(u, avatar.id, columns); })) << "once only";
}

TEST_P(TrainingPhotos, AnAvatarThatCountsOtherPhotosThanItHasIsFound) {
  const auto avatar = draft();
  sent(avatar, 1);
  ASSERT_TRUE(keep(take().at(0), 1));
  EXPECT_THAT(broken_invariants(), IsEmpty());
  fill("UPDATE avatars SET photos_count = 2");
  EXPECT_THAT(broken_invariants(), ElementsAre("I21 avatar " + avatar.id.to_string() + ": counts 2 photos, has 1"));
}

TEST_P(TrainingPhotos, ADraftExpiresAWeekAfterItWasTouchedLast) {
  const auto avatar = draft();
  const auto expired = [&] { return ask([&](UnitOfWork& u) { return photo_sets::expired(u, db().now(), 9); }); };
  clock_.advance(std::chrono::days(6));
  ASSERT_TRUE(write([&](UnitOfWork& u) { photo_sets::prolong(u, avatar.id, db().now() + std::chrono::days(7)); }));
  clock_.advance(std::chrono::days(6));
  EXPECT_THAT(expired(), IsEmpty());
  clock_.advance(std::chrono::days(2));
  ASSERT_THAT(expired(), SizeIs(1));
  EXPECT_EQ(expired()[0].id, avatar.id);
  const auto room = ask([&](UnitOfWork& u) { return photo_sets::room(u, user_.id); });
  EXPECT_EQ(room.avatars, 1);
  EXPECT_EQ(room.drafts, 1);
}

TEST_P(TrainingPhotos, AConsentIsGivenOnceAndAWithdrawnOneGoesInTime) {
  const auto avatar = draft();
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { consents::give(u, user_.id, avatar.id, "1", domain::Language::en); }));
  }
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM consents")), 1);
  ASSERT_TRUE(write([&](UnitOfWork& u) { consents::withdraw(u, avatar.id); }));
  EXPECT_FALSE(set_of(avatar).is_agreed);
  clock_.advance(Millis(1));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return consents::sweep(u, db().now(), 9); }), 1);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM consents")), 0);
}

TEST_P(TrainingPhotos, AreFoundByTheirIndexes) {
  const auto avatar = draft();
  fill(with_ids(
           "INSERT INTO training_photos (id, avatar_id, user_id, chat_id, message_id, file_id, unique_id, as_file,"
           " state, reason, settled_at, next_at, created_at)"
           " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
           " SELECT randomblob(16), $1, $2, 1, i, 'f', 'u' || i, false, 'refused', 'photo.dark', $3, $3, $3 FROM n"),
       avatar.id, user_.id, db().now());
  sent(avatar, 4000);
  analyze();
  const std::string due = plan_of([&](UnitOfWork& u) { run(photos::next_due(u)); });
  EXPECT_THAT(due, HasSubstr("training_photos_open"));
  EXPECT_THAT(due, Not(HasSubstr("Seq Scan on training_photos")));
  const std::string claim = plan_of([&](UnitOfWork& u) { run(photos::claim(u, 2, kLease)); });
  EXPECT_THAT(claim, HasSubstr("training_photos_open"));
}

}  // namespace
}  // namespace aisha
