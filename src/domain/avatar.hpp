// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::domain {

/// `avatars.training_type`, stored as the upper-case name: what an avatar was trained as. It decides which templates a
/// person sees and how a prompt is worded.
enum class AvatarKind {
  portrait,  ///< a person's face (LoRA)
  style,     ///< a manner of drawing or a whole figure (finetune)
};

/// `avatars.status`, stored as the upper-case name: DRAFT, PHOTOS_UPLOADING, READY_FOR_TRAINING, ...
enum class AvatarStatus { draft, photos_uploading, ready_for_training, training, completed, error, cancelled };

std::string_view stored_name(AvatarKind kind);
std::string_view stored_name(AvatarStatus status);
/// In any case. A name that nobody knows is a portrait, or ERROR: nothing can be made with it, its owner keeps the
/// rest.
AvatarKind avatar_kind_from(std::string_view stored);
AvatarStatus avatar_status_from(std::string_view stored);

/// `avatar_details.made_from`: what makes its pictures like the person.
enum class MadeFrom : std::uint8_t {
  elsewhere,   ///< no row of ours says: a demo's, or another bot's
  references,  ///< photos that go with each picture, without a training
  trained,     ///< a LoRA that was trained here
  imported,    ///< a LoRA or a finetune id that the operator brought
};
/// "" for elsewhere, "references", ...
std::string_view text_of(MadeFrom made_from);
MadeFrom made_from_of(std::string_view text);

/// What a LoRA without a word about it was trained for; one for another family of models is noise.
inline constexpr const char* kLoraFamily = "flux-1";

/// The columns of `avatars` that making pictures needs.
struct Avatar {
  Uuid id;
  Uuid user_id;
  std::string name;
  std::string gender;  ///< "FEMALE", "MALE"; "" = not said
  AvatarKind kind = AvatarKind::portrait;
  AvatarStatus status = AvatarStatus::draft;
  std::string finetune_id;  ///< -> flux-pro/v1.1-ultra-finetuned
  std::string lora_url;     ///< `diffusers_lora_file_url` -> flux-lora
  std::string trigger_word;
  std::string trigger_phrase;
  std::string photo;  ///< blob key or embedded demo name of a face for cards; "" = none
  MadeFrom made_from = MadeFrom::elsewhere;
  std::string family = kLoraFamily;  ///< of its LoRA
  std::int64_t photos = 0;           ///< kept ones that go with its pictures
  bool is_main = false;
  std::int64_t progress = 0;  ///< of its training, per cent
  TimePoint created_at;
};

/// Of whom an avatar was made.
enum class Gender : std::uint8_t { unsaid, woman, man };
/// By `avatars.gender`; a word that nobody knows says nothing.
Gender gender_of(const Avatar& avatar);

/// By photos it is made of, still without a photo that is kept or without a consent.
bool is_photo_draft(const Avatar& avatar);

/// Whether pictures can be made with it. Errors: avatar_training (its training is not over, or never began),
/// avatar_failed (it ended badly), avatar_broken (nothing of it is there); of one made from photos avatar_photos_few
/// (none is kept), avatar_consent (nobody has agreed yet).
Result<void> check_usable(const Avatar& avatar);

}  // namespace aisha::domain
