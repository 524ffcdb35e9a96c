// SPDX-License-Identifier: Apache-2.0
#include "domain/avatar.hpp"

#include <gtest/gtest.h>

namespace aisha::domain {
namespace {

Avatar trained() {
  Avatar avatar;
  avatar.status = AvatarStatus::completed;
  avatar.lora_url = "https://files.example/lora";
  return avatar;
}

std::optional<Errc> problem_of(const Avatar& avatar) {
  const auto usable = check_usable(avatar);
  return usable ? std::nullopt : std::optional(usable.error().code);
}

TEST(Avatar, IsUsableWithALoraOrAFinetuneId) {
  EXPECT_EQ(problem_of(trained()), std::nullopt);
  Avatar older = trained();
  older.lora_url.clear();
  older.finetune_id = "f-1";
  EXPECT_EQ(problem_of(older), std::nullopt);
}

TEST(Avatar, IsBrokenWithoutAnythingOfItsTraining) {
  Avatar empty = trained();
  empty.lora_url.clear();
  EXPECT_EQ(problem_of(empty), Errc::avatar_broken);
}

TEST(Avatar, IsInTrainingUntilItEndsAndFailedWhenItEndedBadly) {
  Avatar avatar = trained();
  for (const AvatarStatus status : {AvatarStatus::draft, AvatarStatus::photos_uploading,
                                    AvatarStatus::ready_for_training, AvatarStatus::training}) {
    avatar.status = status;
    EXPECT_EQ(problem_of(avatar), Errc::avatar_training) << stored_name(status);
  }
  for (const AvatarStatus status : {AvatarStatus::error, AvatarStatus::cancelled}) {
    avatar.status = status;
    EXPECT_EQ(problem_of(avatar), Errc::avatar_failed) << stored_name(status);
  }
}

TEST(AvatarObjects, KeysAreReadBackAndOthersAreNot) {
  const Uuid avatar = *Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057");
  const Uuid file = *Uuid::parse("01890a5d-ac97-774b-bcce-b302099a8058");
  EXPECT_EQ(lora_object_key(avatar, file),
            "avatars/01890a5d-ac96-774b-bcce-b302099a8057/01890a5d-ac97-774b-bcce-b302099a8058.safetensors");
  for (const std::string& key : {lora_object_key(avatar, file), face_object_key(avatar, file)}) {
    const auto read = read_avatar_object(key);
    ASSERT_TRUE(read) << key;
    EXPECT_EQ(read->avatar, avatar);
    EXPECT_EQ(read->file, file);
  }
  const std::string whole = lora_object_key(avatar, file);
  for (const std::string& key : {std::string(), std::string("avatars/"), whole + "x", whole.substr(1),
                                 std::string("avatars/a/b.safetensors"), "2026/01/15/" + avatar.to_string() + ".jpg",
                                 "avatars/" + avatar.to_string() + "/" + file.to_string() + ".jpg"}) {
    EXPECT_FALSE(read_avatar_object(key)) << key;
  }
}

TEST(MadeFromWords, AreThoseOfTheDatabase) {
  for (const MadeFrom one : {MadeFrom::references, MadeFrom::trained, MadeFrom::imported}) {
    EXPECT_EQ(made_from_of(text_of(one)), one);
  }
  EXPECT_ANY_THROW(made_from_of("found"));
}

}  // namespace
}  // namespace aisha::domain
