// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/own_picture.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `user_saved_images`: what a person keeps of their pictures. A row is there while its picture is a favourite or
/// saved, and counts in `user_days.kept`.
namespace aisha::stores::saved_images {

/// Values are set, on a live ready picture of the owner; for every other id, and for what is so already, nothing
/// changes. One effect, however many do it at once.
void set_favorite(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, bool on);
void set_saved(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, bool on);
/// A name saves as well; "" takes it away and leaves the picture as it is. At most 100 code points.
void set_name(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, std::string_view name);

/// Newest first by the moment at which a picture came into the list. Those in the trash are in none.
enum class List : std::uint8_t { favorites, saved };

/// A page of a list, by a picture that is in it.
struct Place {
  enum class Side : std::uint8_t {
    first,   ///< the newest; also for a picture that is not in the list
    older,   ///< those behind the picture
    newer,   ///< those before it; the first page when they are fewer than a page
    around,  ///< the page on which it stands, and one more behind
  };
  Side side = Side::first;
  Uuid picture;
};
struct Page {
  std::vector<domain::OwnPicture> pictures;
  std::int64_t total = 0;   ///< in the list
  std::int64_t before = 0;  ///< in the list before the first of the page
};
Task<Page> page(UnitOfWork& unit, Uuid owner, List list, Place place, std::int64_t limit);

}  // namespace aisha::stores::saved_images
