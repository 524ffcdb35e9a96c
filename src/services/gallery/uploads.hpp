// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/avatar.hpp"
#include "services/context/context.hpp"

namespace aisha::imaging {
class Imager;
}

namespace aisha::services {

/// One cell of a contact sheet: a style's preview with what is drawn on it.
struct SheetItem {
  std::string style;
  std::string badge;
  bool locked = false;
  bool popular = false;
};

/// The pictures that are not people's own: previews of styles, contact sheets, the place of a removed picture; and the
/// file ids under which Telegram already has a picture. Loop thread only.
class Pictures {
 public:
  /// `imager` may be used by others too.
  Pictures(Context context, imaging::Imager& imager);

  /// Whose file ids these are; to be called before any of them is asked for.
  void serve(std::int64_t bot_id) { bot_id_ = bot_id; }

  /// JPEG of the previews side by side, three in a row; composed once, kept in memory, one composition at a time for
  /// the same sheet. Errors of imaging::Imager::contact_sheet.
  Task<Result<std::string>> sheet(std::vector<SheetItem> items, domain::AvatarKind kind);
  /// JPEG of one style; a neutral picture for a style without a preview.
  Task<Result<std::string>> preview(std::string style, domain::AvatarKind kind);
  /// JPEG shown where a picture was removed.
  std::string_view deleted() const;

  /// Changes with the drawings: part of every key under which one of them is remembered.
  const std::string& version() const { return version_; }

  Task<std::optional<std::string>> file_id(std::string key);
  Task<void> remember(std::string key, std::string file_id);
  /// Telegram no longer knows it.
  Task<void> forget(std::string key);

 private:
  Context context_;
  imaging::Imager& imager_;
  std::int64_t bot_id_ = 0;
  std::string version_;
  std::map<std::string, std::string> sheets_;
  std::set<std::string> composing_;
  std::unordered_map<std::string, std::string> file_ids_;
};

}  // namespace aisha::services
