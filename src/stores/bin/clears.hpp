// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stores/pictures/requests.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `gallery_clears`: presses that clear a history, or take that back, in steps. The pictures of a step are those of a
/// range of (day, id) that no other step has; what counts them goes by the very rows that carry the clear's id.
namespace aisha::stores::clears {

enum class State : std::uint8_t { clearing, cleared, restoring, restored };

struct Clear {
  Uuid id;
  Uuid user_id;
  bool keep = true;  ///< spares favourites and saved ones
  TimePoint upto;    ///< nothing that became ready later is touched; `deleted_at` of its pictures
  State state = State::clearing;
  std::int64_t pictures = 0;  ///< deleted so far
  std::int64_t restored = 0;
  std::int64_t epoch = 0;   ///< fencing token: every step names it
  requests::Cursor behind;  ///< how far it has come
};

/// What there is to clear: live pictures, and how many of them are kept.
struct Preview {
  std::int64_t pictures = 0;
  std::int64_t kept = 0;
};
/// What stands before a press.
struct Before {
  Preview left;
  std::optional<Clear> made;  ///< by the same press; "" is none
};
Task<Before> before(UnitOfWork& unit, Uuid owner, std::string request_key);

struct Found {
  Clear clear;
  std::int64_t restorable = 0;  ///< pictures that an undo would bring back now
};
/// Nothing when absent or another's.
Task<std::optional<Found>> find(UnitOfWork& unit, Uuid id, Uuid owner);

/// Writes the row: clearing, `upto` is the unit's now. `id` is the same however often the press is handled: a button
/// with it may be seen before the commit. Errc::conflict at commit when the press made one already.
Clear begin(UnitOfWork& unit, Uuid id, Uuid owner, bool keep, std::string_view request_key);
/// From the start again, the other way. Errc::conflict when its state or epoch is another by now.
void begin_undo(UnitOfWork& unit, Clear& clear);

/// The next pictures of a clear or of its undo.
struct Step {
  requests::Cursor last;  ///< the last of them
  std::int64_t rows = 0;
  bool ends = true;  ///< nothing is left behind it
};
Task<Step> next(UnitOfWork& unit, Clear clear, std::int64_t limit);
/// Moves a step's pictures into the trash or out of it, with what counts them. `clear` shows how far it is then.
/// Errc::conflict at commit when the clear is somebody else's by now, or a picture of an undo was restored or purged
/// meanwhile.
void take(UnitOfWork& unit, Clear& clear, const Step& step, Millis lease);

/// Takes up to `limit` whose lease is over. Durable at once.
Task<std::vector<Clear>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease);
/// When the next one can be claimed.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit);

}  // namespace aisha::stores::clears
