// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/variation.hpp"

namespace aisha::domain {

/// `generation_requests.status`. Changes once: open -> one of the others.
enum class PictureState { open, ready, failed, cancelled };
std::string_view text_of(PictureState state);
PictureState picture_state_from(std::string_view text);

/// The bytes of a picture as they lie in the blob store.
struct PictureObject {
  std::string bucket;
  std::string key;  ///< YYYY/MM/DD/{id}.{ext}; "" = none: not ready, purged, or imported and not found
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t bytes = 0;
  std::string sha256;
  std::string thumbhash;  ///< base64
  std::string content_type;
};

/// One picture asked for: what the person chose, frozen at the tap, and what came of it. While it is open a job of the
/// same id makes it; an imported one never had a job.
struct Picture {
  Uuid id;
  Uuid user_id;
  std::optional<Uuid> avatar_id;
  std::string template_id;    ///< "" for an own prompt
  std::string custom_prompt;  ///< "" for a template
  std::string prompt;         ///< final, with the trigger
  std::string style_category;
  std::string model;  ///< the endpoint that makes it
  std::string quality_preset = "balanced";
  std::string aspect_ratio = "1:1";
  std::int64_t seed = 0;
  std::optional<Uuid> parent_id;       ///< the picture that it varies
  std::optional<Variation> variation;  ///< how
  std::int64_t likeness = 0;           ///< see kMostLikeness
  std::optional<Uuid> source_id;       ///< the finished picture that it begins with
  std::int64_t source_step = 0;        ///< 1 to 3: how far it may go from that; 0: words say what to change in it
  std::optional<Uuid> batch_id;        ///< the order of several that it belongs to
  std::int64_t price = 0;              ///< coins
  std::int64_t chat_id = 0;
  std::string local_day;     ///< "YYYY-MM-DD", the user's day at creation: the gallery's grouping key
  bool is_imported = false;  ///< made by another program

  PictureState state = PictureState::open;
  std::string error_code;  ///< text of an Errc; of a failed one
  PictureObject object;

  TimePoint created_at;
  std::optional<TimePoint> finished_at;
  std::optional<TimePoint> deleted_at;
};

/// `deleted_at` of a picture that was removed for ever: the next sweep takes it, and nothing brings it back.
inline constexpr TimePoint kForEver{};

/// "2026/01/15/018f....jpg": UTC date of the request's own creation and the real format: a repeat overwrites itself.
/// Coins for a picture: of its style, and what quality and model cost beside it. Never below 0.
constexpr std::int64_t price_of(std::int64_t style, std::int64_t surcharge) {
  return style + surcharge > 0 ? style + surcharge : 0;
}

std::string object_key(TimePoint created_at, const Uuid& id, std::string_view extension);

/// The id in a key that `object_key` made of it and of the moment it was made; nothing for every other key.
std::optional<Uuid> id_in_object_key(std::string_view key);

/// Where the small picture lies, beside its original.
std::string thumbnail_key(TimePoint created_at, const Uuid& id);
/// Under these keys Telegram's ids of a picture's photo, of the photo that others see through its link, and of its file
/// are remembered.
std::string result_photo_key(const Uuid& id);
std::string shared_photo_key(const Uuid& id);
std::string document_photo_key(const Uuid& id);
/// The picture whose photo has that key; nothing for every other key.
std::optional<Uuid> id_in_result_photo_key(std::string_view key);

}  // namespace aisha::domain
