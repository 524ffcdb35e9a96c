// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// What is deleted of a person's pictures. Every verb may be repeated: what is gone already is no error. A person who
/// is being erased asks for nothing new; the verbs speak of requests that have ended, and `count_open` waits for the
/// others.
namespace aisha::stores::erasure {

/// Pictures whose rows one transaction deletes.
inline constexpr std::int64_t kRows = 500;

/// How many requests of theirs have not ended.
Task<std::int64_t> count_open(UnitOfWork& unit, Uuid person);
/// Asks all of them to stop.
void cancel_open(UnitOfWork& unit, const Uuid& person);

/// A request that may have left objects: a ready one has those it names; what one without a picture may have left has
/// the names that were meant for it.
struct Remains {
  Uuid id;
  TimePoint created_at{};
  std::string object_key;  ///< "" = it names none
  bool is_ready = false;
};
/// Those behind `after` by id, at most `limit`.
Task<std::vector<Remains>> remains_after(UnitOfWork& unit, Uuid person, Uuid after, std::int64_t limit);

/// The ids that the provider gave its requests for those behind `after`, up to `last`, and made since `since`.
Task<std::vector<std::string>> provider_requests(UnitOfWork& unit, Uuid person, Uuid after, Uuid last, TimePoint since);

/// The last of the next kRows; nothing = no request that has ended is left.
Task<std::optional<Uuid>> next_rows(UnitOfWork& unit, Uuid person);
/// Up to `last`: their jobs with what the provider said of them, what points at them, their keys and they themselves.
/// Messages that show one of them, or how it was made, are to be blanked: `message_blanks`.
void delete_rows(UnitOfWork& unit, const Uuid& person, const Uuid& last);

/// Whether a request of theirs is there, whatever its state.
Task<bool> has_requests(UnitOfWork& unit, Uuid person);

}  // namespace aisha::stores::erasure
