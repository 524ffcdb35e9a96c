// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// `user_favorite_templates`: styles that a person keeps at hand, whether the catalogue has them (still) or not.
namespace aisha::stores::favorite_styles {

/// Sets it; what is so already stays as it is.
void set(UnitOfWork& unit, const Uuid& owner, std::string_view style, bool on);

/// The style that a ready picture of theirs was made in; nothing changes for any other id.
void set_of(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, bool on);

/// Ids, the last kept first.
Task<std::vector<std::string>> list(UnitOfWork& unit, Uuid owner);

}  // namespace aisha::stores::favorite_styles
