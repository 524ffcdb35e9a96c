// SPDX-License-Identifier: Apache-2.0
#include "domain/prompt_text.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <utility>

#include "base/utf8.hpp"

namespace aisha::domain {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024;

/// One of them says something by itself: emoji, and the signs and syllables of East Asia.
bool is_pictograph(char32_t code) {
  return utf8::is_emoji(code) || utf8::is_ideograph(code);
}

/// Whether something can be drawn by it.
bool says_something(std::string_view text) {
  constexpr int kLetters = 3;
  int letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto code = utf8::next_code_point(text, at);
    if (code && is_pictograph(*code)) {
      return true;
    }
    letters += code && utf8::is_letter_or_digit(*code) ? 1 : 0;
  }
  return letters >= kLetters;
}

}  // namespace

bool is_forbidden(char32_t code) {
  const bool control = (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || (code >= 0x7f && code < 0xa0);
  // Unicode UAX 9: embeddings, overrides and isolates can make a card show other words than were typed.
  const bool bidi = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  const bool noncharacter = (code & 0xfffeU) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
  return control || bidi || noncharacter;
}

bool is_invisible(char32_t code) {
  switch (code) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case 0xa0:
    case 0xad:
    case 0x34f:
    case 0x61c:
    case 0x115f:
    case 0x1160:
    case 0x1680:
    case 0x180e:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x2060:
    case 0x2800:
    case 0x3000:
    case 0x3164:
    case 0xfeff:
    case 0xffa0: return true;
    default:
      return (code >= 0x2000 && code <= 0x200f) || (code >= 0x2061 && code <= 0x2064) ||
             (code >= 0xfe00 && code <= 0xfe0f);
  }
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80 ? 1 : 0;
  }
  return count;
}

Result<std::string> check_prompt(std::string_view typed) {
  if (typed.size() > kMostBytes) {
    return fail(Errc::prompt_bad_text, fmt::format("{} bytes", typed.size()));
  }
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < typed.size();) {
    const std::size_t start = at;
    auto code = utf8::next_code_point(typed, at);
    if (!code || is_forbidden(*code)) {
      return fail(Errc::prompt_bad_text, fmt::format("at byte {}", start));
    }
    if (*code == '\r') {
      if (at < typed.size() && typed[at] == '\n') {
        continue;
      }
      code = '\n';
    }
    if (!is_invisible(*code)) {
      if (end == 0) {
        begin = text.size();
      }
      utf8::append(text, *code);
      end = text.size();
      continue;
    }
    utf8::append(text, *code);
    // A selector or joiner right behind ink belongs to it (❤️).
    if (end != 0 && end + (at - start) == text.size() && *code >= 0xfe00 && *code <= 0xfe0f) {
      end = text.size();
    }
  }
  if (end == 0) {
    return fail(Errc::prompt_empty);
  }
  text = text.substr(begin, end - begin);
  if (!says_something(text)) {
    return fail(Errc::prompt_empty, "fewer than three letters");
  }
  if (const std::size_t length = count_code_points(text); length > kPromptMaxCodePoints) {
    return fail(Errc::prompt_too_long, fmt::format("{} of {}", length, kPromptMaxCodePoints),
                about::Count{static_cast<std::int64_t>(length)});
  }
  return text;
}

bool is_cyrillic(std::string_view text) {
  constexpr std::size_t kPercent = 30;
  std::size_t letters = 0;
  std::size_t cyrillic = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto code = utf8::next_code_point(text, at);
    if (code && utf8::is_letter_or_digit(*code) && !(*code >= '0' && *code <= '9')) {
      ++letters;
      cyrillic += *code >= 0x400 && *code <= 0x4ff ? 1 : 0;
    }
  }
  return cyrillic * 100 > letters * kPercent;
}

std::string shorten(std::string_view text, std::size_t limit) {
  if (count_code_points(text) <= limit) {
    return std::string(text);
  }
  if (limit == 0) {
    return {};
  }
  std::size_t at = 0;
  for (std::size_t kept = 0; kept + 1 < limit; ++kept) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80) {
      ++at;
    }
  }
  std::string_view head = text.substr(0, at);
  while (!head.empty() && (head.back() == ' ' || head.back() == '\n')) {
    head.remove_suffix(1);
  }
  return std::string(head) + "…";
}

}  // namespace aisha::domain
