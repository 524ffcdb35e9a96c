// SPDX-License-Identifier: Apache-2.0
#include "domain/prompt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "domain/prompt_text.hpp"

namespace aisha::domain {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::vector<std::string_view> split(std::string_view text, auto is_separator) {
  std::vector<std::string_view> out;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || is_separator(text[at])) {
      if (at > start) {
        out.push_back(text.substr(start, at - start));
      }
      start = at + 1;
    }
  }
  return out;
}

/// Words of one piece, single blanks between them, repeats in a row dropped.
std::string tidy(std::string_view piece) {
  std::string out;
  std::string previous;
  for (const std::string_view word : split(piece, is_blank)) {
    std::string folded = fold_case(word);
    if (folded == previous) {
      continue;
    }
    if (!out.empty()) {
      out.push_back(' ');
    }
    out += word;
    previous = std::move(folded);
  }
  return out;
}

/// The piece with a leading repetition of `trigger` taken off; empty when nothing is left.
std::string_view without_trigger(std::string_view piece, std::string_view trigger) {
  if (trigger.empty() || piece.size() < trigger.size() ||
      fold_case(piece.substr(0, trigger.size())) != fold_case(trigger)) {
    return piece;
  }
  std::string_view rest = piece.substr(trigger.size());
  if (!rest.empty() && rest.front() != ' ') {
    return piece;
  }
  while (rest.starts_with(' ')) {
    rest.remove_prefix(1);
  }
  return rest;
}

class Pieces {
 public:
  void add(std::string_view text, std::string_view trigger) {
    bool first = true;
    for (const std::string_view raw : split(text, [](char c) { return c == ','; })) {
      const std::string tidied = tidy(raw);
      const std::string_view piece = first ? without_trigger(tidied, trigger) : std::string_view(tidied);
      first = false;
      std::string folded = fold_case(piece);
      if (piece.empty() || std::ranges::find(seen_, folded) != seen_.end()) {
        continue;
      }
      seen_.push_back(std::move(folded));
      out_ += out_.empty() ? "" : ", ";
      out_ += piece;
    }
  }
  std::size_t count() const { return seen_.size(); }
  std::string take() { return std::move(out_); }

 private:
  std::vector<std::string> seen_;
  std::string out_;
};

}  // namespace

Result<std::string> build_prompt(const PromptParts& parts) {
  const std::string phrase = tidy(parts.trigger_phrase);
  const std::string trigger = phrase.empty() ? tidy(parts.trigger_word) : phrase;
  if (trigger.empty() && parts.trigger_required) {
    return fail(Errc::avatar_broken, "the avatar has neither trigger phrase nor trigger word");
  }
  Pieces body;
  body.add(parts.body, {});
  if (body.count() == 0) {
    return fail(Errc::prompt_empty);
  }
  Pieces all;
  all.add(trigger, {});
  all.add(parts.body, trigger);
  all.add(parts.additions, {});
  std::string prompt = all.take();
  if (const std::size_t length = count_code_points(prompt); length > kFinalPromptMaxCodePoints) {
    return fail(Errc::prompt_too_long, fmt::format("{} of {}", length, kFinalPromptMaxCodePoints),
                about::Count{static_cast<std::int64_t>(length)});
  }
  return prompt;
}

}  // namespace aisha::domain
