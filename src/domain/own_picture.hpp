// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "domain/picture.hpp"

namespace aisha::domain {

/// A picture with what its owner made of it (`user_saved_images`).
struct OwnPicture {
  Picture picture;
  std::string name;          ///< given by the owner; "" = none
  bool is_favorite = false;  ///< ❤️
  bool is_saved = false;     ///< 📌: stays whenever the history is cleared

  /// A favourite or saved: asked about before it is deleted, spared by a clear that keeps.
  bool is_kept() const { return is_favorite || is_saved; }
};

/// What the buttons under a picture say of it.
struct OwnMarks {
  bool is_favorite = false;
  bool is_saved = false;
  bool is_style_kept = false;
  bool operator==(const OwnMarks&) const = default;
};
/// What was set a moment ago and is not durable yet.
struct OwnChange {
  std::optional<bool> favorite;
  std::optional<bool> saved;
  std::optional<bool> style_kept;
  std::optional<std::string> name;
};
inline void apply(const OwnChange& change, OwnMarks& marks) {
  marks.is_favorite = change.favorite.value_or(marks.is_favorite);
  marks.is_saved = change.saved.value_or(marks.is_saved);
  marks.is_style_kept = change.style_kept.value_or(marks.is_style_kept);
}

/// Where a page of a list of own pictures begins. The picture may be gone from the list: what follows says what then.
struct PageStart {
  enum class Side : std::uint8_t {
    first,
    older,  ///< the page behind the picture
    newer,  ///< the page before it; the first one when that would not be full
  };
  Side side = Side::first;
  Uuid picture;
};

/// Whether there is something to show: not for an imported picture whose object was not found, that nobody has looked
/// at yet, or that turned out to be no picture.
inline bool can_be_shown(const Picture& picture) {
  return !picture.object.key.empty() && picture.object.width > 0;
}

}  // namespace aisha::domain
