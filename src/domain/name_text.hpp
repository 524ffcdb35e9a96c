// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"

/// Rules for a name that a person gives to something of theirs.
namespace aisha::domain {

inline constexpr std::size_t kNameMaxCodePoints = 100;

/// The name as it is kept: surrounding blanks and invisible characters removed, everything else as typed. An emoji
/// alone is a name. Errc::name_bad: nothing to see, more than 100 code points, more than one line, controls, marks that
/// change the direction of a text, invalid UTF-8.
Result<std::string> check_name(std::string_view typed);

}  // namespace aisha::domain
