// SPDX-License-Identifier: Apache-2.0
#include "domain/avatar.hpp"

#include <algorithm>
#include <array>

#include "domain/enum_names.hpp"

namespace aisha::domain {
namespace {

std::string upper(std::string_view name) {
  std::string out(name);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

constexpr std::array<std::string_view, 2> kKinds{"PORTRAIT", "STYLE"};
constexpr std::array<std::string_view, 7> kStatuses{
    "DRAFT", "PHOTOS_UPLOADING", "READY_FOR_TRAINING", "TRAINING", "COMPLETED", "ERROR", "CANCELLED"};

constexpr std::array<std::string_view, 3> kMadeFrom{"references", "trained", "imported"};

}  // namespace

std::string_view text_of(MadeFrom made_from) {
  return enum_names::text_of(kMadeFrom, made_from);
}

MadeFrom made_from_of(std::string_view text) {
  return enum_names::value_of<MadeFrom>(kMadeFrom, text);
}

std::string_view stored_name(AvatarKind kind) {
  return enum_names::text_of(kKinds, kind);
}

std::string_view stored_name(AvatarStatus status) {
  return enum_names::text_of(kStatuses, status);
}

AvatarKind avatar_kind_from(std::string_view stored) {
  return enum_names::find<AvatarKind>(kKinds, upper(stored)).value_or(AvatarKind::portrait);
}

AvatarStatus avatar_status_from(std::string_view stored) {
  return enum_names::find<AvatarStatus>(kStatuses, upper(stored)).value_or(AvatarStatus::error);
}

Gender gender_of(const Avatar& avatar) {
  const std::string word = upper(avatar.gender);
  return word == "FEMALE" ? Gender::woman : word == "MALE" ? Gender::man : Gender::unsaid;
}

bool is_photo_draft(const Avatar& avatar) {
  return avatar.made_from == MadeFrom::references && avatar.status == AvatarStatus::draft;
}

Result<void> check_usable(const Avatar& avatar) {
  const bool by_photos = avatar.made_from == MadeFrom::references;
  switch (avatar.status) {
    case AvatarStatus::completed: break;
    case AvatarStatus::error:
    case AvatarStatus::cancelled: return fail(Errc::avatar_failed);
    default:
      if (is_photo_draft(avatar)) {
        return fail(avatar.photos == 0 ? Errc::avatar_photos_few : Errc::avatar_consent);
      }
      return fail(Errc::avatar_training);
  }
  if (!avatar.lora_url.empty() || !avatar.finetune_id.empty() || (by_photos && avatar.photos > 0)) {
    return {};
  }
  return by_photos ? fail(Errc::avatar_photos_few) : fail(Errc::avatar_broken, "neither LoRA nor finetune id");
}

}  // namespace aisha::domain
