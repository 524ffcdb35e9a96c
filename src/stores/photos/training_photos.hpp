// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/avatar_photo.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `training_photos`: photos that people sent for their avatars, and what became of each. Those of one avatar are
/// looked at one after the other, in the order of their messages: whether one repeats another depends on those before
/// it.
namespace aisha::stores::training_photos {

enum class State : std::uint8_t {
  fresh,    ///< nobody has looked at it yet
  kept,     ///< its object is there
  refused,  ///< `reason` says why; it has no object
  removed,  ///< its object is to go, and then the row
};

struct Photo {
  Uuid id;
  Uuid avatar_id;
  Uuid user_id;
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  std::string group_id;  ///< of an album; "" = sent alone
  std::string file_id;   ///< by which Telegram gives it
  std::string unique_id;
  std::string name;  ///< of a file that has one
  std::int64_t declared_bytes = 0;
  bool as_file = false;
  State state = State::fresh;
  std::string reason;           ///< text of an Errc
  std::string weak;             ///< the same, of a kept one
  std::optional<Uuid> same_as;  ///< the kept one that it repeats
  std::string object_key;       ///< in the bucket of pictures; "" = none
  std::int64_t attempts = 0;    ///< including the one in hand
  std::int64_t epoch = 0;       ///< fencing token of whoever has it in hand
  TimePoint created_at;
};

/// Collects a new one, or one that is refused without a look (`state`, `reason`). A file that the avatar has already is
/// dropped.
void add(UnitOfWork& unit, const Photo& photo);

/// Heads that are due, at most `limit` and one of each avatar: fresh ones to be looked at, removed ones whose objects
/// are to go. Durable at once.
Task<std::vector<Photo>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease);
/// When the next one can be claimed.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit);

/// What a new photo is compared with, and what it must not be kept past: `version` of its avatar's row.
struct Compared {
  std::vector<domain::KeptPhoto> kept;
  std::int64_t version = 0;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
};
/// Nothing when the avatar is gone.
Task<std::optional<Compared>> compared(UnitOfWork& unit, Uuid avatar_id);

/// The stored object of a photo that is kept.
struct Object {
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t bytes = 0;
  std::string sha256;
  std::uint64_t dhash = 0;
};
/// What follows is fenced by the photo's epoch (Errc::conflict at commit); `keep` also by what it was compared with.
void keep(UnitOfWork& unit, const Photo& photo, const domain::PhotoVerdict& verdict, const Object& object,
          const Compared& with);
void refuse(UnitOfWork& unit, const Photo& photo, Errc reason, const domain::PhotoVerdict& verdict = {});
/// Looked at again after `delay`; those behind it wait for it.
void retry(UnitOfWork& unit, const Photo& photo, Millis delay);
/// The object of a removed one is gone: so is the row.
void forget(UnitOfWork& unit, const Photo& photo);

/// All of an avatar by their messages, but removed ones.
Task<std::vector<Photo>> list(UnitOfWork& unit, Uuid avatar_id);

/// A photo that goes with the pictures of its avatar.
struct ReferencePhoto {
  std::string bucket;  ///< "generated"
  std::string key;
  std::string content_type;
  std::int64_t width = 0;
  std::int64_t height = 0;
};
/// The best first, at most domain::kReferencesMost.
Task<std::vector<ReferencePhoto>> references(UnitOfWork& unit, Uuid avatar_id);

/// Kept ones that are weak, or all there are: their objects and rows go within moments. Refused ones of the latter are
/// forgotten at once.
void remove_weak(UnitOfWork& unit, const Uuid& avatar_id);
void remove_all(UnitOfWork& unit, const Uuid& avatar_id);

}  // namespace aisha::stores::training_photos
