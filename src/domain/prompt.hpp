// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace aisha::domain {

/// Longest prompt that goes to a provider, in code points; it holds a trigger, 1000 typed code points and additions.
inline constexpr std::size_t kFinalPromptMaxCodePoints = 2000;

/// What a final prompt is made of. All texts are well-formed UTF-8.
struct PromptParts {
  std::string trigger_phrase;  ///< preferred over the word when both are set
  std::string trigger_word;
  bool trigger_required = false;  ///< a trained avatar without any trigger draws a stranger
  std::string body;               ///< the template's prompt or the person's own
  std::string additions;          ///< appended last, may be empty
};

/// Trigger, body, additions joined by ", ". The body arrives as it was written ("Bora Bora" names a place); only a body
/// that opens with the trigger does not get it twice, whatever its case. Errors: avatar_broken (trigger required and
/// absent), prompt_empty (empty body), prompt_too_long (past kFinalPromptMaxCodePoints).
Result<std::string> build_prompt(const PromptParts& parts);

}  // namespace aisha::domain
