// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/task.hpp"
#include "services/context/context.hpp"

namespace aisha::stores::file_ids {
struct FileId;
}

namespace aisha::services {

/// The file ids under which Telegram already has a picture: an id is sent in place of bytes. What is somebody's is
/// asked of the database again after an hour, so that this process forgets what any process has purged. Whether a
/// picture may still be shown is for its row to say, before its photo is asked for. Loop thread only.
class Uploads {
 public:
  explicit Uploads(Context context) : context_(context) {}

  /// Whose file ids these are; to be called before any of them is asked for.
  void serve(std::int64_t bot_id) { bot_id_ = bot_id; }

  Task<std::optional<std::string>> file_id(std::string key);
  /// One for each key, in their order; nothing where Telegram has none.
  Task<std::vector<std::optional<std::string>>> file_ids(std::vector<std::string> keys);
  /// Takes those of the keys that are known into memory, in one statement: they are likely to be asked for next. At
  /// most eight. Best effort.
  Task<void> read_ahead(std::vector<std::string> keys);
  /// `owner`: whose picture it shows, nothing for a drawing for everybody; `scope`: what of theirs it is forgotten
  /// with. Best effort: a database that is away is no error here.
  Task<void> remember(std::string key, std::string file_id, std::optional<Uuid> owner = {}, std::string scope = {});
  /// Telegram no longer knows it.
  Task<void> forget(std::string key);

 private:
  struct Known {
    std::string file_id;
    std::optional<TimePoint> until;  ///< then the database is asked again; nothing = never
  };
  const Known* known(const std::string& key) const;
  void keep(std::string key, std::string file_id, bool is_owned);
  Task<std::vector<stores::file_ids::FileId>> find(std::vector<std::string> keys);

  Context context_;
  std::int64_t bot_id_ = 0;
  std::unordered_map<std::string, Known> file_ids_;
};

}  // namespace aisha::services
