// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"

/// Rules for text that a person typed as a prompt.
namespace aisha::domain {

inline constexpr std::size_t kPromptMaxCodePoints = 1000;

/// The prompt as it is kept: surrounding blanks and invisible characters removed, CR LF and CR made LF; everything else
/// stays literally as typed. Errors: prompt_bad_text (invalid UTF-8, NUL and other controls, bidi overrides, a text
/// past 64 KB), prompt_empty (fewer than three letters or digits and no pictograph, of which one is enough),
/// prompt_too_long (Count).
Result<std::string> check_prompt(std::string_view typed);

/// Controls, noncharacters, and what makes a card show other words than were typed.
bool is_forbidden(char32_t code);
/// Blank or without any ink; joiners and selectors count, but inside a text they stay (emoji need them).
bool is_invisible(char32_t code);

/// Code points of well-formed UTF-8.
std::size_t count_code_points(std::string_view text);

/// More than 30 % of its letters are Cyrillic: the line from which a text counts as Russian.
bool is_cyrillic(std::string_view text);

/// At most `limit` code points; a cut text ends in "…", which counts. Cuts never split a code point and leave no blank
/// before the ellipsis.
std::string shorten(std::string_view text, std::size_t limit);

}  // namespace aisha::domain
