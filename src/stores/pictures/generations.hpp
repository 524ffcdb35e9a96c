// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/generation.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `generation_requests` as its owner sees it: asking, looking, deleting. The way of a job through its states is
/// `job_steps.hpp`.
namespace aisha::stores::generations {

/// Writes the row (status queued, next_at = now) under `request_key` ("tap:<chat>:<message>:<nonce>",
/// "msg:<chat>:<message>", "app:<uuid>"). `generation.deadline_at` must be set; `created_at` is the unit's now. A
/// second request with the key is Errc::conflict at commit: look it up. The hold (`ledger::hold`) belongs into the same
/// unit, after this.
void create(UnitOfWork& unit, const domain::Generation& generation, std::string_view request_key);

/// The request made under this key.
Task<std::optional<Uuid>> find_by_key(UnitOfWork& unit, std::string request_key);

/// Whatever its owner and whether deleted or not.
Task<std::optional<domain::Generation>> load(UnitOfWork& unit, Uuid id);
/// Nothing when absent or another user's: the two cannot be told apart. Deleted ones are given with `deleted_at`.
Task<std::optional<domain::Generation>> load_owned(UnitOfWork& unit, Uuid id, Uuid user_id);

/// The user's jobs that are not finished.
Task<std::int64_t> count_active(UnitOfWork& unit, Uuid user_id);
/// All unfinished jobs of the user, oldest first.
Task<std::vector<domain::Generation>> list_active(UnitOfWork& unit, Uuid user_id);
/// How many queued jobs stand before this one; 0 when it is next or no longer queued.
Task<std::int64_t> queue_ahead(UnitOfWork& unit, Uuid id);

/// Remembers where the status lives once a send told its message id.
void set_status_message(UnitOfWork& unit, const Uuid& id, std::int64_t message_id);
/// Telegram's ids of the finished picture; an empty one is left as it is.
void set_file_ids(UnitOfWork& unit, const Uuid& id, std::string_view photo_file_id, std::string_view document_file_id);

/// Into the trash; Errc::conflict at commit when absent, another user's, unfinished or already deleted.
void soft_delete(UnitOfWork& unit, const Uuid& id, const Uuid& user_id);
/// Out of the trash; Errc::conflict when it is not in it or already purged.
void restore(UnitOfWork& unit, const Uuid& id, const Uuid& user_id);
/// In the trash since before `deleted_before`, not yet purged; oldest first.
Task<std::vector<domain::Generation>> purge_candidates(UnitOfWork& unit, TimePoint deleted_before, std::int64_t limit);
/// Forgets picture and words for good (object removed by the caller first); the row stays for the ledger.
void purge(UnitOfWork& unit, const Uuid& id);

/// Where a page of the history ends; the next page starts behind it.
struct Cursor {
  TimePoint created_at;
  Uuid id;
};
/// The user's live pictures, newest first.
Task<std::vector<domain::Generation>> history(UnitOfWork& unit, Uuid user_id, std::optional<Cursor> behind,
                                              std::int64_t limit);

/// Whether any picture of anybody has an object in the store.
Task<bool> any_picture(UnitOfWork& unit);

/// How many live pictures the user has.
Task<std::int64_t> count_pictures(UnitOfWork& unit, Uuid user_id);

struct ModelTime {
  std::string model;
  Millis median{0};  ///< creation to picture
  std::int64_t pictures = 0;
};
/// Over the last 100 pictures of each model finished since `since`; adopted ones were made by another program.
Task<std::vector<ModelTime>> median_times(UnitOfWork& unit, TimePoint since);

struct TemplateUse {
  std::string template_id;
  std::int64_t pictures = 0;
};
/// Most used first, ties by id.
Task<std::vector<TemplateUse>> popular_templates(UnitOfWork& unit, TimePoint since, std::int64_t limit);

}  // namespace aisha::stores::generations
