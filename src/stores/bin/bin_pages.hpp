// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/own_picture.hpp"
#include "stores/unit/unit_of_work.hpp"

/// A person's removed pictures while they can come back. Newest removal first.
namespace aisha::stores::bin_pages {

struct Page {
  std::vector<domain::OwnPicture> pictures;
  std::int64_t total = 0;   ///< in the bin
  std::int64_t before = 0;  ///< in it before the first of the page
  TimePoint oldest;         ///< when the first of them was removed
};
/// Those removed after `since`; a picture that is not in the bin means the first page.
Task<Page> page(UnitOfWork& unit, Uuid owner, TimePoint since, domain::PageStart from, std::int64_t limit);

/// Nothing when absent, another's, not in the bin, or removed before `since`.
Task<std::optional<domain::OwnPicture>> find(UnitOfWork& unit, Uuid owner, Uuid picture, TimePoint since);

/// Leaves it to the next sweep. Errc::conflict at commit when it is not in the bin, or goes already.
void remove_for_ever(UnitOfWork& unit, const Uuid& owner, const Uuid& picture);

}  // namespace aisha::stores::bin_pages
