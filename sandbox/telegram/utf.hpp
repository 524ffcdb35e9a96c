// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace aisha::sandbox::telegram {

bool valid_utf8(std::string_view text);
/// Code points of valid UTF-8.
std::size_t code_points(std::string_view text);
/// UTF-16 code units of valid UTF-8: what entity offsets count.
std::size_t utf16_length(std::string_view text);
/// Byte position of a UTF-16 offset; empty when it lies inside a surrogate pair or beyond the end.
std::optional<std::size_t> byte_of_utf16(std::string_view text, std::size_t offset);
void append_utf8(std::string& out, char32_t code_point);
/// The first `count` code points.
std::string_view prefix(std::string_view text, std::size_t count);

}  // namespace aisha::sandbox::telegram
