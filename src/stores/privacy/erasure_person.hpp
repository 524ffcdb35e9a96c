// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/people/avatars.hpp"
#include "stores/unit/unit_of_work.hpp"

/// What is deleted of a person beside their pictures, and how their row is emptied in the end.
namespace aisha::stores::erasure {

/// Rows of theirs by table. A table of which some were deleted may have more: `delete_some` until it says 0.
enum class Own : std::uint8_t {
  clears,    ///< first: a clear at work finds itself gone
  links,     ///< first: nobody opens a picture through them any more
  file_ids,  ///< Telegram's, of their pictures
  days,      ///< what is counted
  styles,    ///< kept ones
  albums,    ///< with what is in them
  tags,
  settings,
  bin,      ///< avatars thrown away
  faces,    ///< of avatars
  details,  ///< of avatars
  photos,   ///< sent for avatars; behind their objects
  consents,
  appeals,          ///< those that were not allowed
  allowed_appeals,  ///< not deleted: they lose their person and their words, the hash stays
};
inline constexpr int kOwnKinds = 15;
/// Durable at once; how many there were, at most `limit`.
Task<std::int64_t> delete_some(UnitOfWork& unit, Own kind, Uuid person, std::int64_t limit);

/// Under which keys the photos of their avatars, those of faces and the copies of their LoRAs may lie; names that the
/// program carries are among them.
Task<std::vector<std::string>> avatar_objects(UnitOfWork& unit, Uuid person);

/// Photos of avatars are no longer looked at, and none is kept from now on; durable at once. How many are in hand
/// still: a process may be about to store the object of one.
Task<std::int64_t> stop_photos(UnitOfWork& unit, Uuid person);

struct Person {
  std::int64_t telegram_id = 0;  ///< 0: erased already
  std::string language_code;
  std::vector<std::int64_t> chats;
};
/// Nothing when there never was one.
Task<std::optional<Person>> find_person(UnitOfWork& unit, Uuid id);
Task<std::optional<Uuid>> find_by_telegram_id(UnitOfWork& unit, std::int64_t telegram_id);

/// Whether people and avatars are rows of another bot's tables, which keep what they say.
Task<bool> is_shared(UnitOfWork& unit);

/// Names, models and everything else that tells one avatar from another; the rows stay.
void blank_avatars(UnitOfWork& unit, const Uuid& person, const avatars::Columns& columns);
/// The row stays under its bare id, for the ledger's sake. Its Telegram id is free: who comes again is somebody new.
void blank_person(UnitOfWork& unit, const Uuid& person);
/// Their chats, with the cards that are remembered in them.
void delete_chats(UnitOfWork& unit, const Uuid& person);

/// What a person is told before and after.
struct Counts {
  std::int64_t pictures = 0;  ///< that can be seen or come back
  std::int64_t avatars = 0;
  std::int64_t coins = 0;
  std::int64_t blanks = 0;  ///< messages in their chats that have yet to lose a picture
};
Task<Counts> counts_of(UnitOfWork& unit, Uuid person);

}  // namespace aisha::stores::erasure
