// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/own_picture.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::stores {

/// A person's live pictures that are no favourites, the newest first. `behind`: those older than that one of theirs;
/// nothing is older than a picture that is not theirs.
Task<std::vector<domain::OwnPicture>> newest_own(UnitOfWork& unit, Uuid owner, std::optional<Uuid> behind,
                                                 std::int64_t limit);

}  // namespace aisha::stores
