// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace aisha {

/// " (did you mean \"token\"?)" for the nearest candidate at an edit distance of at most 2, else "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace aisha
