// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// Telegram's file ids of pictures already uploaded, per bot: a file_id of one bot means nothing to another.
namespace aisha::stores::file_ids {

/// Whose picture a file shows, and with what of theirs it is forgotten: "picture", "day:2026-01-15", "list", "faces",
/// "chart". Nobody's drawings have neither.
struct Belonging {
  std::optional<Uuid> user_id;
  std::string scope;
};

struct FileId {
  std::string photo_key;
  std::string file_id;
  bool is_owned = false;  ///< somebody's
};

/// As many keys as `find` takes at once.
inline constexpr std::size_t kMostFound = 8;

/// Those of the first kMostFound keys that the bot knows, in no order.
Task<std::vector<FileId>> find(UnitOfWork& unit, std::int64_t bot_id, std::vector<std::string> photo_keys);
/// Replaces an older id and whose it is. Nothing of who is being erased, or was.
void put(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key, std::string_view file_id,
         const Belonging& belonging = {});
/// Telegram no longer knows the id.
void forget(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key);
/// What shows something of that person's that is gone, of every bot.
void forget_of(UnitOfWork& unit, const Uuid& user_id, std::string_view scope);

}  // namespace aisha::stores::file_ids
