// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/avatar.hpp"
#include "stores/people/avatars.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Avatars that are made of photos: a row of `avatars` with one of `avatar_details` (`made_from` references). A draft
/// until one photo is kept and a consent is there.
namespace aisha::stores::photo_sets {

struct Set {
  domain::Avatar avatar;
  bool is_binned = false;
  bool is_agreed = false;            ///< a consent is there
  std::int64_t chat_id = 0;          ///< where its photos come from
  std::int64_t card_message_id = 0;  ///< the message there that tells how it is coming along; 0 = none
  std::int64_t version = 0;          ///< grows with every photo that is kept and with the consent
  std::int64_t fresh = 0;            ///< photos that nobody has looked at yet
  std::int64_t kept = 0;
};
/// Nothing when absent, another's, not made of photos, or gone for good.
Task<std::optional<Set>> find(UnitOfWork& unit, Uuid avatar_id, Uuid owner);

/// How many avatars a person has, thrown away ones not counted.
struct Room {
  std::int64_t avatars = 0;
  std::int64_t drafts = 0;  ///< of them made of photos and not ready
};
Task<Room> room(UnitOfWork& unit, Uuid owner);

/// Collects a draft for photos from that chat; it is forgotten at `until`.
void begin(UnitOfWork& unit, const domain::Avatar& draft, const avatars::Columns& columns, std::int64_t chat_id,
           TimePoint until);
/// A draft lives until then from now on; what is ready is left as it is.
void prolong(UnitOfWork& unit, const Uuid& avatar_id, TimePoint until);
/// Of whom the photos are; with the consent. Errc::conflict at commit when a photo was kept since `set` was read.
void set_gender(UnitOfWork& unit, const Set& set, domain::Gender gender, const avatars::Columns& columns);
/// A draft is ready: pictures are made with it from now on. Errc::conflict at commit when it is no draft any more.
void complete(UnitOfWork& unit, const Uuid& avatar_id, const avatars::Columns& columns);
/// Which message tells how it is coming along, 0 = none.
void set_card(UnitOfWork& unit, const Uuid& avatar_id, std::int64_t chat_id, std::int64_t message_id);

/// Counts its kept photos anew and shows the best of them as its face. Behind every write that keeps or removes one.
void count_photos(UnitOfWork& unit, const Uuid& avatar_id);

/// Drafts whose time was over before that moment, at most `limit`.
Task<std::vector<domain::Avatar>> expired(UnitOfWork& unit, TimePoint before, std::int64_t limit);

}  // namespace aisha::stores::photo_sets
