// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/task.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// The file ids under which Telegram already has a picture: an id is sent in place of bytes. Loop thread only.
class Uploads {
 public:
  explicit Uploads(Context context) : context_(context) {}

  /// Whose file ids these are; to be called before any of them is asked for.
  void serve(std::int64_t bot_id) { bot_id_ = bot_id; }

  Task<std::optional<std::string>> file_id(std::string key);
  /// Best effort: a database that is away is no error here.
  Task<void> remember(std::string key, std::string file_id);
  /// Telegram no longer knows it.
  Task<void> forget(std::string key);

 private:
  Context context_;
  std::int64_t bot_id_ = 0;
  std::unordered_map<std::string, std::string> file_ids_;
};

}  // namespace aisha::services
