// SPDX-License-Identifier: Apache-2.0
#include "services/people/avatar_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/encoding.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/people/avatar_details.hpp"
#include "stores/upkeep/identity.hpp"
#include "tests/fakes/scripted_files.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

constexpr const char* kLora = "https://models.example.org/vera.safetensors";

class AvatarImportTest : public ::testing::Test {
 protected:
  AvatarImportTest() {
    world_.meet();
    fs::create_directories(spool_);
    files_.files[kLora] = fakes::safetensors();
    stores::UnitOfWork unit(*world_.db, world_.rng);
    EXPECT_TRUE(world_.run(claim_bucket(world_.blobs, world_.run(stores::identity::load(unit)))));
    marks_ = world_.blobs.objects.size();
  }
  ~AvatarImportTest() override {
    EXPECT_TRUE(fs::is_empty(spool_)) << "nothing stays on its way";
    fs::remove_all(spool_);
  }

  static AvatarImport lora() {
    AvatarImport out;
    out.telegram_id = ServiceWorld::kChat;
    out.name = "Вера";
    out.gender = "n";
    out.lora_url = kLora;
    out.family = "flux-2";
    out.trigger = "VERA7 person";
    return out;
  }
  static AvatarImport finetune() {
    AvatarImport out = lora();
    out.gender = "m";
    out.kind = domain::AvatarKind::style;
    out.lora_url = "";
    out.family = "";
    out.finetune_id = "f-123";
    return out;
  }

  Result<ImportedAvatar> import(AvatarImport wish) {
    AvatarImporting importing(world_.context,
                              {world_.blobs, files_, world_.imager, world_.people, spool_.string(), 1'000});
    return world_.run(importing.import(std::move(wish)));
  }
  /// The sentence, of something that was asked for and cannot be; nothing of it is written.
  std::string refused(AvatarImport wish, Errc code = Errc::option_out_of_range) {
    const auto done = import(std::move(wish));
    EXPECT_FALSE(done);
    if (done) {
      return {};
    }
    EXPECT_EQ(done.error().code, code) << done.error().detail;
    EXPECT_EQ(world_.number("SELECT count(*) FROM avatars"), 1) << "the demo's";
    EXPECT_EQ(world_.number("SELECT count(*) FROM avatar_details"), 0);
    EXPECT_EQ(world_.blobs.objects.size(), marks_);
    return done.error().detail;
  }
  std::optional<domain::Avatar> main_avatar() {
    auto turn = world_.open();
    auto main = turn.actor().main_avatar();
    world_.run(turn.commit()).value();
    return main;
  }
  void write(const char* text) {
    sql::Batch batch;
    batch.push_back({sql::Statement(sql::Text::lasting(text)), std::nullopt});
    world_.run(world_.db->write(std::move(batch))).value();
  }

  ServiceWorld world_;
  fakes::ScriptedFiles files_;
  std::size_t marks_ = 0;
  const fs::path spool_ = fs::temp_directory_path() / ("aisha-spool-" + std::to_string(::getpid()));
};

TEST_F(AvatarImportTest, ALoraIsCopiedIntoOurStoreAndTheAvatarIsReady) {
  const auto done = import(lora());
  ASSERT_TRUE(done) << done.error().detail;
  const std::string bytes = fakes::safetensors();
  EXPECT_EQ(done->lora_bytes, std::ssize(bytes));
  const auto main = main_avatar();
  ASSERT_TRUE(main);
  EXPECT_EQ(main->id, done->avatar.id) << "the demo's gives way";
  EXPECT_TRUE(main->is_main);
  EXPECT_EQ(main->name, "Вера");
  EXPECT_EQ(main->status, domain::AvatarStatus::completed);
  EXPECT_EQ(main->lora_url, kLora);
  EXPECT_EQ(main->family, "flux-2");
  EXPECT_EQ(main->trigger_phrase, "VERA7 person");
  EXPECT_EQ(domain::gender_of(*main), domain::Gender::unsaid);
  stores::UnitOfWork unit(*world_.db, world_.rng);
  const auto details = world_.run(stores::avatar_details::find(unit, main->id));
  ASSERT_TRUE(details && details->lora);
  EXPECT_EQ(details->made_from, domain::MadeFrom::imported);
  EXPECT_EQ(details->lora->sha256, encoding::sha256_hex(bytes));
  EXPECT_EQ(details->url_seen_at, world_.clock.now());
  EXPECT_TRUE(domain::read_avatar_object(details->lora->key));
  EXPECT_EQ(world_.blobs.objects.at({blobs::Bucket::generated, details->lora->key}), bytes);
}

TEST_F(AvatarImportTest, ItsRowOfModelsMakesTheNextPicture) {
  ASSERT_TRUE(import(lora()));
  const Uuid id = world_.tap().id;
  const domain::Picture picture = world_.picture(id);
  EXPECT_EQ(picture.model, "fal-ai/flux-2/lora");
  EXPECT_THAT(picture.prompt, HasSubstr("VERA7 person"));
  EXPECT_THAT(world_.job(id).input, HasSubstr(kLora));
}

TEST_F(AvatarImportTest, WhatAKilledImportLeftOnItsWayGoesWithTheNextOneOfAnotherDay) {
  const auto left = [&](const char* name, int hours) {
    const fs::path path = spool_ / name;
    std::ofstream(path) << "half of a file";
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(hours));
    return path;
  };
  const fs::path old = left(".aisha-1.safetensors", 25);
  const fs::path fresh = left(".aisha-2.safetensors", 23);
  const fs::path other = left("mine.safetensors", 25);
  ASSERT_TRUE(import(lora()));
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(fresh)) << "somebody may be at it";
  EXPECT_TRUE(fs::exists(other));
  fs::remove(fresh);
  fs::remove(other);
}

TEST_F(AvatarImportTest, AFinetuneNeedsNoFile) {
  const auto done = import(finetune());
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->lora_bytes, 0);
  EXPECT_THAT(files_.asked, IsEmpty());
  EXPECT_EQ(world_.picture(world_.tap().id).model, "fal-ai/flux-pro/v1.1-ultra-finetuned");
  EXPECT_EQ(domain::gender_of(*main_avatar()), domain::Gender::man);
}

TEST_F(AvatarImportTest, APersonsOwnMainAvatarStaysIt) {
  ASSERT_TRUE(import(finetune()));
  world_.clock.advance(Millis(10));
  const auto second = import(lora());
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->avatar.is_main);
  EXPECT_NE(main_avatar()->id, second->avatar.id);
}

TEST_F(AvatarImportTest, AFaceIsKeptBesideIt) {
  AvatarImport wish = finetune();
  wish.photo = "jpeg";
  const auto done = import(std::move(wish));
  ASSERT_TRUE(done);
  EXPECT_EQ(world_.blobs.objects.at({blobs::Bucket::generated, done->avatar.photo}), "jpeg");
  EXPECT_EQ(main_avatar()->photo, done->avatar.photo);
  EXPECT_TRUE(domain::read_avatar_object(done->avatar.photo));
}

TEST_F(AvatarImportTest, Row147NeitherOrBothOfIdAndAddressAreRefused) {
  AvatarImport neither = finetune();
  neither.finetune_id = "";
  EXPECT_THAT(refused(neither), HasSubstr("one of them is needed"));
  AvatarImport both = lora();
  both.finetune_id = "f";
  EXPECT_THAT(refused(both), HasSubstr("only one of them"));
  EXPECT_THAT(files_.asked, IsEmpty());
}

TEST_F(AvatarImportTest, Row147AnAddressThatMayNotBeAskedIsRefusedInASentence) {
  for (const auto& [code, words] :
       {std::pair{Errc::result_url_refused, "not https"}, std::pair{Errc::result_address_refused, "not public"},
        std::pair{Errc::result_redirect_refused, "leads elsewhere"},
        std::pair{Errc::result_gone, "nothing at the address"}, std::pair{Errc::net_too_large, "lora_max_mb"}}) {
    files_.broken[kLora] = code;
    EXPECT_THAT(refused(lora()), HasSubstr(words));
  }
  files_.broken[kLora] = Errc::unavailable;
  EXPECT_THAT(refused(lora(), Errc::unavailable), HasSubstr("cannot be fetched"));
}

TEST_F(AvatarImportTest, WhatIsNoSafetensorsFileIsRefused) {
  for (const std::string& bytes :
       {std::string("<html>"), std::string(), std::string(8, '\0'), std::string(8, '\xff') + "{}",
        fakes::safetensors("[1]"), fakes::safetensors("not json"), fakes::safetensors().substr(0, 20)}) {
    files_.files[kLora] = bytes;
    EXPECT_THAT(refused(lora()), HasSubstr("no LoRA")) << encoding::hex(bytes);
  }
}

TEST_F(AvatarImportTest, EveryOtherMistakeHasItsSentence) {
  const auto with = [](auto change) {
    AvatarImport wish = lora();
    change(wish);
    return wish;
  };
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.family = ""; })), HasSubstr("family"));
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.family = "sdxl"; })), HasSubstr("flux-1 or flux-2"));
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.gender = "x"; })), HasSubstr("gender"));
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.trigger = ""; })), HasSubstr("trigger"));
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.trigger = "two\nlines"; })), HasSubstr("trigger"));
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.name = "\n"; })), HasSubstr("name"));
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.lora_url = "https://x/" + std::string(500, 'a'); })),
              HasSubstr("500 bytes"));
  EXPECT_THAT(refused(with([](AvatarImport& w) { w.telegram_id = 404; }), Errc::not_found), HasSubstr("404"));
  AvatarImport named = finetune();
  named.family = "flux-1";
  EXPECT_THAT(refused(named), HasSubstr("has no family"));
}

TEST_F(AvatarImportTest, ATenthIsTheLast) {
  for (int i = 0; i < 9; ++i) {
    ASSERT_TRUE(import(finetune())) << i;
  }
  const auto eleventh = import(finetune());
  ASSERT_FALSE(eleventh);
  EXPECT_THAT(eleventh.error().detail, HasSubstr("has 10 avatars"));
}

TEST_F(AvatarImportTest, OfSomebodyWhoIsBeingErasedNothingIsWritten) {
  write(
      "INSERT INTO data_requests (id, user_id, kind, language, step, created_at, next_at)"
      " SELECT id, id, 'erase', 'ru', 'mark', 1, 1 FROM users");
  refused(lora(), Errc::person_erasing);
}

TEST_F(AvatarImportTest, WhenTheStoreIsAwayNothingIsWrittenAndNothingIsLeft) {
  world_.blobs.broken = Errc::unavailable;
  const auto done = import(lora());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::unavailable);
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatars"), 1);
}

TEST_F(AvatarImportTest, WhatWasPutIsTakenBackWhenTheRowsCannotBeWritten) {
  write(
      "CREATE TRIGGER taken AFTER INSERT ON avatars BEGIN INSERT INTO avatar_details (avatar_id, made_from)"
      " VALUES (NEW.id, 'trained'); END");
  AvatarImport wish = lora();
  wish.photo = "jpeg";
  EXPECT_THAT(refused(std::move(wish), Errc::conflict), HasSubstr("try again"));
}

TEST_F(AvatarImportTest, InTheBinTheyStayAndThenTheyGoWithTheirObjects) {
  AvatarImport wish = lora();
  wish.photo = "jpeg";
  const auto done = import(std::move(wish));
  ASSERT_TRUE(done);
  EXPECT_THAT(world_.blobs.objects, SizeIs(marks_ + 2));
  auto turn = world_.open();
  ASSERT_TRUE(world_.run(world_.avatars.remove(turn.actor(), done->avatar.id)));
  world_.run(turn.commit()).value();
  world_.run(world_.sweeper.run());
  EXPECT_THAT(world_.blobs.objects, SizeIs(marks_ + 2)) << "it can come back";
  world_.clock.advance(std::chrono::days(world_.policy.trash_days) + Millis(1));
  world_.blobs.broken = Errc::unavailable;
  world_.run(world_.sweeper.run());
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatar_details"), 1) << "objects go before the rows that name them";
  world_.blobs.broken.reset();
  world_.blobs.before_remove = [this]() -> Task<void> {
    world_.blobs.broken = Errc::unavailable;
    co_return;
  };
  world_.run(world_.sweeper.run());
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatar_details"), 1) << "nor while they cannot be removed";
  world_.blobs.broken.reset();
  world_.run(world_.sweeper.run());
  EXPECT_THAT(world_.blobs.objects, SizeIs(marks_));
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatar_details"), 0);
}

}  // namespace
}  // namespace aisha::services
