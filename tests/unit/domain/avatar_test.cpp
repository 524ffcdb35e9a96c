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

}  // namespace
}  // namespace aisha::domain
