// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/avatar.hpp"
#include "domain/job.hpp"
#include "domain/own_picture.hpp"
#include "domain/picture.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `generation_requests`: what was asked and what came of it, for good. Written twice in its life: when it is asked for
/// and when its job ends.
namespace aisha::stores::requests {

/// Writes the row: open, `created_at` is the unit's now. Its job, its key and its hold belong into the same unit.
void create(UnitOfWork& unit, const domain::Picture& picture);
/// open -> ready with what lies in the blob store, `took` after it was asked for (nothing: nobody waited for it);
/// counted, and its words wait to be read. Errc::conflict at commit when it is no longer open.
void make_ready(UnitOfWork& unit, const Uuid& id, const domain::PictureObject& object, std::optional<Millis> took);
/// Still open, made by another model from now on. Errc::conflict at commit when it is no longer open.
void set_model(UnitOfWork& unit, const Uuid& id, std::string_view model, std::string_view quality,
               std::string_view aspect_ratio);
/// Another seed than it was asked with; Errc::conflict at commit when it is no longer open.
void set_seed(UnitOfWork& unit, const Uuid& id, std::int64_t seed);
/// Still open, made of another final prompt. Errc::conflict at commit when it is no longer open.
void set_prompt(UnitOfWork& unit, const Uuid& id, std::string_view prompt);
/// open -> failed or cancelled. Errc::conflict at commit when it is no longer open.
void close(UnitOfWork& unit, const Uuid& id, domain::PictureState state, std::string_view error_code);

/// What stands before a new request of this person.
struct Before {
  std::optional<Uuid> same_key;  ///< the request that `key` made already
  std::int64_t open = 0;         ///< orders of theirs; a batch counts as one
  /// A tap under the same message and a greater nonce made one already: the button was drawn before that. (Under a
  /// smaller one: the message of another bot that had the same number.)
  bool is_stale = false;
};
Task<Before> before(UnitOfWork& unit, std::string key, Uuid user_id);

/// Whatever its owner and whether deleted or not.
Task<std::optional<domain::Picture>> load(UnitOfWork& unit, Uuid id);
/// Nothing when absent or another user's: the two cannot be told apart. Deleted ones are given with `deleted_at`.
Task<std::optional<domain::Picture>> load_owned(UnitOfWork& unit, Uuid id, Uuid user_id);

/// A request with its job, while there is one, and its avatar.
struct Followed {
  domain::Picture picture;
  std::optional<domain::Job> job;
  std::optional<domain::Avatar> avatar;
  domain::OwnMarks marks;
  bool result_is_on_its_way = false;  ///< it is to be told, or told again, and is not yet
};
Task<std::optional<Followed>> follow(UnitOfWork& unit, Uuid id);

/// Into the trash, that one alone, counted; Errc::conflict at commit when absent, another user's, not ready or already
/// deleted.
void soft_delete(UnitOfWork& unit, const Uuid& id, const Uuid& user_id);
/// Out of the trash, whatever brought it there; Errc::conflict when it is not in it or already purged.
void restore(UnitOfWork& unit, const Uuid& id, const Uuid& user_id);
/// It cannot come back from now on, unless it did before: what was deleted before that moment only.
void doom(UnitOfWork& unit, const Uuid& id, TimePoint deleted_before);
/// In the trash since before `deleted_before`, not yet purged; oldest first.
Task<std::vector<domain::Picture>> purge_candidates(UnitOfWork& unit, TimePoint deleted_before, std::int64_t limit);
/// Forgets for good the picture (object removed by the caller first), its words, names and marks, and Telegram's ids of
/// its files and of the sheets it is on; the messages that show it are to be blanked. Errc::conflict when it is not in
/// the trash any more.
void purge(UnitOfWork& unit, const domain::Picture& picture);

/// Where a page of the history ends; the next page starts behind it.
struct Cursor {
  std::string local_day;
  Uuid id;
};
/// The user's live pictures, newest day first.
Task<std::vector<domain::Picture>> history(UnitOfWork& unit, Uuid user_id, std::optional<Cursor> behind,
                                           std::int64_t limit);

/// A request that may have objects: one that is open, or a ready one that was not purged.
struct ObjectOwner {
  Uuid id;
  std::string object_key;  ///< "" while it is open
};
/// Those with ids from `first` to `last`, both included.
Task<std::vector<ObjectOwner>> object_owners(UnitOfWork& unit, Uuid first, Uuid last);
/// Whether a picture has its bytes under this key, whatever its id.
Task<bool> is_named(UnitOfWork& unit, std::string object_key);

/// Whether a picture of ours with an id from `first` on and before `end` has an object. Scans those of that time.
Task<bool> any_object(UnitOfWork& unit, Uuid first, Uuid end);

/// Whether any picture of anybody has an object in the store.
Task<bool> any_picture(UnitOfWork& unit);

}  // namespace aisha::stores::requests
