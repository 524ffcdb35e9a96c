// SPDX-License-Identifier: Apache-2.0
#include "domain/prompt.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::domain {
namespace {

constexpr std::string_view kBlanks = " \t\n\r";
constexpr std::string_view kSeparators = " \t\n\r,";

std::string_view trimmed(std::string_view text, std::string_view what) {
  text.remove_prefix(std::min(text.find_first_not_of(what), text.size()));
  return text.substr(0, text.find_last_not_of(what) + 1);
}

/// The body with a leading repetition of `trigger` taken off.
std::string_view without_trigger(std::string_view body, std::string_view trigger) {
  if (trigger.empty() || words::fold_case(body.substr(0, trigger.size())) != words::fold_case(trigger)) {
    return body;
  }
  const std::string_view rest = body.substr(trigger.size());
  const bool is_whole_word = rest.empty() || kSeparators.contains(rest.front());
  return is_whole_word ? trimmed(rest, kSeparators) : body;
}

void append(std::string& out, std::string_view piece) {
  if (!piece.empty()) {
    out += out.empty() ? "" : ", ";
    out += piece;
  }
}

}  // namespace

Result<std::string> build_prompt(const PromptParts& parts) {
  const std::string_view phrase = trimmed(parts.trigger_phrase, kSeparators);
  const std::string_view trigger = phrase.empty() ? trimmed(parts.trigger_word, kSeparators) : phrase;
  if (trigger.empty() && parts.trigger_required) {
    return fail(Errc::avatar_broken, "the avatar has neither trigger phrase nor trigger word");
  }
  if (trimmed(parts.body, kSeparators).empty()) {
    return fail(Errc::prompt_empty);
  }
  std::string prompt(trigger);
  append(prompt, without_trigger(trimmed(parts.body, kBlanks), trigger));
  append(prompt, trimmed(parts.additions, kBlanks));
  if (const std::size_t length = count_code_points(prompt); length > kFinalPromptMaxCodePoints) {
    return fail(Errc::prompt_too_long, fmt::format("{} of {}", length, kFinalPromptMaxCodePoints),
                about::Count{static_cast<std::int64_t>(length)});
  }
  return prompt;
}

}  // namespace aisha::domain
