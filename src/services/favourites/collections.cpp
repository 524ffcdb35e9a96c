// SPDX-License-Identifier: Apache-2.0
#include "services/favourites/collections.hpp"

#include <algorithm>
#include <utility>

#include "stores/pictures/saved_images.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace saved_images = stores::saved_images;

saved_images::List list_of(Collection collection) {
  return collection == Collection::favorites ? saved_images::List::favorites : saved_images::List::saved;
}

saved_images::Place place_of(const domain::PageStart& start) {
  using Side = saved_images::Place::Side;
  switch (start.side) {
    case domain::PageStart::Side::older: return {Side::older, start.picture};
    case domain::PageStart::Side::newer: return {Side::newer, start.picture};
    case domain::PageStart::Side::first: break;
  }
  return {};
}

CollectionPage page_of(saved_images::Page page) {
  return {std::move(page.pictures), page.total, page.before, std::nullopt};
}

}  // namespace

void Collections::set_favorite(Actor& actor, const Uuid& picture, bool on) {
  saved_images::set_favorite(actor.unit(), actor.user().id, picture, on);
  actor.forget_pictures();
}

void Collections::set_saved(Actor& actor, const Uuid& picture, bool on) {
  saved_images::set_saved(actor.unit(), actor.user().id, picture, on);
  actor.forget_pictures();
}

Task<CollectionPage> Collections::page(Uuid owner, Collection from, domain::PageStart start, std::int64_t limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto page = co_await saved_images::page(unit, owner, list_of(from), place_of(start), limit);
  co_return page_of(std::move(page));
}

Task<CollectionPage> Collections::take_out(Actor& actor, Collection from, Uuid picture, std::int64_t limit) {
  const saved_images::Place here{saved_images::Place::Side::around, picture};
  auto read = co_await saved_images::page(actor.unit(), actor.user().id, list_of(from), here, limit);
  CollectionPage page = page_of(std::move(read));
  const auto gone = std::ranges::find(page.pictures, picture, [](const auto& own) { return own.picture.id; });
  if (gone != page.pictures.end()) {
    if (from == Collection::favorites) {
      set_favorite(actor, picture, false);
    } else {
      set_saved(actor, picture, false);
    }
    page.pictures.erase(gone);
    --page.total;
  }
  if (std::cmp_greater(page.pictures.size(), limit)) {
    page.behind = page.pictures.back().picture.id;
    page.pictures.pop_back();
  }
  // It was alone on the last page: the one before it.
  if (page.pictures.empty() && page.total > 0) {
    const saved_images::Place behind{saved_images::Place::Side::newer, picture};
    auto full = co_await saved_images::page(actor.unit(), actor.user().id, list_of(from), behind, limit);
    page = page_of(std::move(full));
    --page.total;
  }
  co_return page;
}

}  // namespace aisha::services
