// SPDX-License-Identifier: Apache-2.0
#include "domain/avatar.hpp"

#include <fmt/format.h>

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

constexpr std::string_view kLoraEnding = ".safetensors";
constexpr std::string_view kFaceEnding = ".face.jpg";

std::string object_key(const Uuid& avatar, const Uuid& file, std::string_view ending) {
  return fmt::format("{}{}/{}{}", kAvatarObjects, avatar.to_string(), file.to_string(), ending);
}

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

std::string lora_object_key(const Uuid& avatar, const Uuid& file) {
  return object_key(avatar, file, kLoraEnding);
}

std::string face_object_key(const Uuid& avatar, const Uuid& file) {
  return object_key(avatar, file, kFaceEnding);
}

std::optional<AvatarObject> read_avatar_object(std::string_view key) {
  constexpr std::size_t kId = 36;
  constexpr std::size_t kFile = kAvatarObjects.size() + kId + 1;
  if (key.size() <= kFile + kId) {
    return std::nullopt;
  }
  const auto avatar = Uuid::parse(key.substr(kAvatarObjects.size(), kId));
  const auto file = Uuid::parse(key.substr(kFile, kId));
  const std::string_view ending = key.substr(kFile + kId);
  const bool is_known = ending == kLoraEnding || ending == kFaceEnding;
  if (!avatar || !file || !is_known || object_key(*avatar, *file, ending) != key) {
    return std::nullopt;
  }
  return AvatarObject{*avatar, *file};
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
