// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/uuid.hpp"
#include "domain/avatar.hpp"

namespace aisha::domain {

/// Telegram gives a bot no larger file: https://core.telegram.org/bots/api#getfile
inline constexpr std::int64_t kPhotoMaxBytes = 20 * 1024 * 1024;
/// That go with each picture; further ones are kept for better ones to take their place.
inline constexpr std::int64_t kReferencesMost = 4;

/// A face in a photo, in pixels of the upright original.
struct PhotoFace {
  double x = 0;  ///< of its upper left corner
  double y = 0;
  double side = 0;
  double score = 0;  ///< of the finder; below 0 it is a guess
};

/// What was measured of a photo that a person sent.
struct PhotoLooks {
  std::int64_t width = 0;  ///< of the upright original
  std::int64_t height = 0;
  double luma = 0;               ///< mean, 0-255
  std::uint64_t dhash = 0;       ///< difference hash of 8 x 8
  bool faces_known = false;      ///< false: nobody looked for faces
  std::vector<PhotoFace> faces;  ///< the best score first
  double face_sharpness = 0;     ///< Laplacian variance of the best face at 256 px
  double sharpness = 0;          ///< the same of the whole at 640 px
};

/// A photo that is kept already, by its difference hash.
struct KeptPhoto {
  Uuid id;
  std::uint64_t dhash = 0;
};

struct PhotoVerdict {
  std::optional<Errc> refused;  ///< a photo.* code; nothing = it is kept
  std::optional<Errc> weak;     ///< of a kept one: what makes it worth replacing
  std::optional<Uuid> same_as;  ///< of photo_duplicate: the kept one that it repeats
  std::int64_t faces = 0;
  std::int64_t face_side = 0;  ///< of the best face, pixels of the original; 0 = none, or not known
  std::int64_t sharpness = 0;  ///< of that face, else of the whole; in tenths
  std::int64_t merit = 0;      ///< the larger, the better to make pictures by
};

/// Whether a photo serves an avatar of that kind. A photo without a face serves a manner of drawing.
PhotoVerdict judge_photo(const PhotoLooks& looks, AvatarKind kind, std::span<const KeptPhoto> kept);

/// "generated/" + this is where a photo is kept.
std::string photo_object_key(const Uuid& avatar, const Uuid& photo);
/// What the keys of all objects of an avatar begin with.
std::string avatar_object_prefix(const Uuid& avatar);

/// A difference hash as 16 hexadecimal digits, and back; nothing for any other text.
std::string dhash_text(std::uint64_t dhash);
std::optional<std::uint64_t> dhash_from(std::string_view text);

}  // namespace aisha::domain
