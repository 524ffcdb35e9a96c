// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
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

/// What a LoRA was trained for unless `avatar_details` says otherwise; one for another family of models is noise.
inline constexpr const char* kLoraFamily = "flux-1";

/// `avatar_details.made_from`: what an avatar of this bot was made from.
enum class MadeFrom : std::uint8_t {
  references,  ///< photos that go along with every picture; nothing is trained
  trained,     ///< photos that a LoRA was trained on
  imported,    ///< a LoRA or finetune that was there before
};
std::string_view text_of(MadeFrom made_from);
/// Throws std::invalid_argument for a word that the database's CHECK does not let in.
MadeFrom made_from_of(std::string_view text);

/// The columns of `avatars` that making pictures needs, and what `avatar_details` says beside them.
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
  std::string family = kLoraFamily;   ///< of the LoRA
  std::optional<MadeFrom> made_from;  ///< nothing: of an older Aisha, or the demo's
  std::string photo;                  ///< blob key or embedded demo name of a face for cards; "" = none
  bool is_main = false;
  std::int64_t progress = 0;  ///< of its training, per cent
  std::int64_t photos = 0;    ///< that every picture is made from, where it was not trained; 0 = none
  TimePoint created_at;
};

/// Of whom an avatar was made.
enum class Gender : std::uint8_t { unsaid, woman, man };
/// By `avatars.gender`; a word that nobody knows says nothing.
Gender gender_of(const Avatar& avatar);

/// Whether pictures can be made with it. Errors: avatar_training (its training is not over, or never began),
/// avatar_failed (it ended badly), avatar_broken (nothing of it is there).
Result<void> check_usable(const Avatar& avatar);

}  // namespace aisha::domain
