// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/own_picture.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

struct BinPage {
  std::vector<domain::OwnPicture> pictures;
  std::int64_t total = 0;   ///< in the bin
  std::int64_t before = 0;  ///< in it before the first of the page
  int days_left = 0;        ///< until the first of all goes: whole days, begun ones counted
};

/// What there is to clear.
struct ClearPreview {
  std::int64_t pictures = 0;  ///< live ones
  std::int64_t kept = 0;      ///< favourites and saved ones among them
};
struct Cleared {
  Uuid id;                    ///< to take it back
  std::int64_t pictures = 0;  ///< deleted, or about to be
  bool goes_on = false;       ///< the rest follows within seconds
  bool is_undone = false;     ///< the same press again, and taken back meanwhile
};
struct Restored {
  std::int64_t pictures = 0;  ///< back, or about to be
  std::int64_t of = 0;        ///< that the clear had deleted
};

/// Removed pictures: they come back for Policy::trash_days. "Not yours" and "absent" are the same answer: not_found.
class Bin {
 public:
  explicit Bin(Context context) : context_(context) {}

  /// By one of its pictures; a picture that is not in it means the first page.
  Task<BinPage> page(Uuid owner, domain::PageStart from, std::int64_t limit);
  /// One that can come back; also Errc::not_found for one that is not removed, or for ever.
  Task<Result<domain::OwnPicture>> picture(Uuid owner, Uuid id);
  /// Collects it: the next sweep takes it. Errors of `picture`.
  Task<Result<void>> remove_for_ever(Actor& actor, Uuid id);

  Task<ClearPreview> preview(Uuid owner);
  /// Collects a clear and its first thousand pictures; the rest is left to Clearing. `keep` spares favourites and saved
  /// ones. `key`: the press, which makes one only. `is_outdated`: its card was drawn before something else changed:
  /// Errc::card_changed, unless it has made one already.
  Task<Result<Cleared>> clear(Actor& actor, bool keep, std::string key, bool is_outdated);
  /// Collects the way back, in the same steps. Again it changes nothing. Errc::not_found.
  Task<Result<Restored>> undo(Actor& actor, Uuid clear);

  int trash_days() const { return context_.policy.trash_days; }

 private:
  /// What was removed before is about to go, or gone.
  TimePoint since() const;

  Context context_;
};

}  // namespace aisha::services
