// SPDX-License-Identifier: Apache-2.0
#include "domain/name_text.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::domain {
namespace {

constexpr std::size_t kMostBytes = 4 * 1024;

/// What no single line holds, and what makes a card show other words than were typed.
bool breaks_the_line(char32_t code) {
  switch (code) {
    case '\t':
    case '\n':
    case '\r':
    case 0x61c:
    case 0x200e:
    case 0x200f:
    case 0x2028:
    case 0x2029: return true;
    default: return is_forbidden(code);
  }
}

bool is_selector(char32_t code) {
  return code >= 0xfe00 && code <= 0xfe0f;
}

}  // namespace

Result<std::string> check_name(std::string_view typed) {
  if (typed.size() > kMostBytes) {
    return fail(Errc::name_bad, "bytes");
  }
  // Telegram's clients leave a line feed behind a text now and then.
  const auto last = typed.find_last_not_of("\r\n \t");
  typed = typed.substr(0, last == std::string_view::npos ? 0 : last + 1);
  const auto first = typed.find_first_not_of("\r\n \t");
  typed.remove_prefix(first == std::string_view::npos ? typed.size() : first);
  std::size_t begin = typed.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < typed.size();) {
    const std::size_t start = at;
    const auto code = utf8::next_code_point(typed, at);
    if (!code || breaks_the_line(*code)) {
      return fail(Errc::name_bad, "sign");
    }
    if (!is_invisible(*code)) {
      begin = std::min(begin, start);
      end = at;
    } else if (is_selector(*code) && end == start && end != 0) {
      end = at;  // it belongs to the sign before it
    }
  }
  if (end == 0) {
    return fail(Errc::name_bad, "empty");
  }
  const std::string_view name = typed.substr(begin, end - begin);
  if (count_code_points(name) > kNameMaxCodePoints) {
    return fail(Errc::name_bad, "long");
  }
  return std::string(name);
}

}  // namespace aisha::domain
