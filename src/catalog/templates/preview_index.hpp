// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "domain/avatar.hpp"

namespace aisha::catalog {

/// Name of an index beside its pictures.
inline constexpr std::string_view kPreviewIndexFile = "index.json";
/// Both sides of a preview, in pixels, and the most bytes of its JPEG.
inline constexpr int kPreviewSide = 512;
inline constexpr std::size_t kPreviewBytes = 40'000;

/// Eight hex digits that change with a prompt.
std::string prompt_mark(std::string_view prompt);

/// Name of the picture of a style for avatars of one kind, made with that prompt: "art.portrait.1a2b3c4d.jpg".
std::string preview_file_name(std::string_view style, domain::AvatarKind kind, std::string_view prompt_mark);

/// Which previews there are: one at most for each style and kind of avatar.
class PreviewIndex {
 public:
  using Key = std::pair<std::string, domain::AvatarKind>;  ///< id of a style
  struct Entry {
    std::string prompt_mark;  ///< of the prompt it was made with
    std::string sha256;       ///< hex, of its bytes
    bool operator==(const Entry&) const = default;
  };

  /// The text of an index.json. Errc::catalog_invalid says what is wrong with it.
  static Result<PreviewIndex> parse(std::string_view text);
  /// One line a preview, in a fixed order.
  std::string text() const;

  void put(Key key, Entry entry) { entries_.insert_or_assign(std::move(key), std::move(entry)); }
  void remove(const Key& key) { entries_.erase(key); }
  /// nullptr when there is none; valid until the next change.
  const Entry* find(const Key& key) const;
  const std::map<Key, Entry>& all() const { return entries_; }

  static std::string file_of(const Key& key, const Entry& entry) {
    return preview_file_name(key.first, key.second, entry.prompt_mark);
  }

 private:
  std::map<Key, Entry> entries_;
};

}  // namespace aisha::catalog
