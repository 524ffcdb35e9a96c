// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace aisha::utf8 {

/// The code point at `at`, which moves past it; nothing for anything that RFC 3629 forbids. `at` < text.size().
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at);

/// True for well-formed UTF-8: no surrogates, no overlong forms.
bool is_valid(std::string_view text);

}  // namespace aisha::utf8
