// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace aisha::utf8 {

/// The code point at `at`, which moves past it; nothing for anything that RFC 3629 forbids. `at` < text.size().
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at);

/// True for well-formed UTF-8: no surrogates, no overlong forms.
bool is_valid(std::string_view text);

void append(std::string& out, char32_t code);

/// Alphabets and digits; by blocks, so that a few signs among them count too.
bool is_letter_or_digit(char32_t code);
/// The signs and syllables of East Asia.
bool is_ideograph(char32_t code);
bool is_emoji(char32_t code);

}  // namespace aisha::utf8
