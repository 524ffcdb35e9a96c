// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/task.hpp"
#include "domain/own_picture.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

/// What a person keeps of their pictures: favourites by the moment of their heart, saved ones by that of their pin,
/// newest first.
enum class Collection : std::uint8_t { favorites, saved };

struct CollectionPage {
  std::vector<domain::OwnPicture> pictures;
  std::int64_t total = 0;      ///< in the collection
  std::int64_t before = 0;     ///< in it before the first of the page
  std::optional<Uuid> behind;  ///< the first of the next page, as far as it was read
};

class Collections {
 public:
  explicit Collections(Context context) : context_(context) {}

  /// Collect it. A picture that is not theirs, not there, unfinished or removed stays what it is, and so does what is
  /// so already: whoever shows it afterwards says which.
  void set_favorite(Actor& actor, const Uuid& picture, bool on);
  void set_saved(Actor& actor, const Uuid& picture, bool on);

  /// By one of its pictures; a picture that is not in the collection means the first page.
  Task<CollectionPage> page(Uuid owner, Collection from, domain::PageStart start, std::int64_t limit);

  /// Takes one out (collected) and gives the page on which it stood as it will be. A picture that is not in it takes
  /// nothing out.
  Task<CollectionPage> take_out(Actor& actor, Collection from, Uuid picture, std::int64_t limit);

 private:
  Context context_;
};

}  // namespace aisha::services
