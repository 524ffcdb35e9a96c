// SPDX-License-Identifier: Apache-2.0
#include "bot/codec/callback_codec.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>

namespace aisha::bot {
namespace {

bool is_slug(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::string base36(std::int64_t n) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string out;
  do {
    out += kDigits[static_cast<std::size_t>(n % 36)];
    n /= 36;
  } while (n > 0);
  std::ranges::reverse(out);
  return out;
}

std::optional<std::int64_t> from_base36(std::string_view text) {
  if (text.empty() || text.size() > 13 || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  std::int64_t n = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'z')) {
      return std::nullopt;
    }
    const std::int64_t value = digit ? c - '0' : c - 'a' + 10;
    if (n > (std::numeric_limits<std::int64_t>::max() - value) / 36) {
      return std::nullopt;
    }
    n = n * 36 + value;
  }
  return n;
}

std::optional<Uuid> id_from(std::string_view arg) {
  const auto value = arg.size() == 22 ? Uuid::from_base64url(arg) : std::nullopt;
  // Base64 has spare bits at its end: only the spelling we write is ours.
  return value && value->to_base64url() == arg ? value : std::nullopt;
}

}  // namespace

Writer::Writer(Code code) : out_(1, kCallbackVersion) {
  out_ += code.text;
}

void Writer::slug(const std::string& text, std::size_t most) {
  if (!is_slug(text, most)) {
    throw std::logic_error("callback argument is no slug: " + text);
  }
  put(text);
}

void Writer::number(std::int64_t n) {
  put(base36(std::max<std::int64_t>(n, 0)));
}

void Writer::id(const Uuid& id) {
  put(id.to_base64url());
}

void Writer::flag(bool set, std::string_view word) {
  if (set) {
    put(word);
  }
}

void Writer::page(const PagePlace& place) {
  std::string arg(1, static_cast<char>(place.side));
  if (place.side != PagePlace::Side::first) {
    arg += place.picture.to_base64url();
  }
  put(arg);
}

void Writer::put(std::string_view arg) {
  out_ += ':';
  out_ += arg;
}

void Reader::slug(std::string& text, std::size_t most) {
  const std::string_view arg = next();
  ok_ = ok_ && is_slug(arg, most);
  text = arg;
}

void Reader::number(std::int64_t& n) {
  const auto value = from_base36(next());
  ok_ = ok_ && value.has_value();
  n = value.value_or(0);
}

void Reader::id(Uuid& id) {
  const auto value = id_from(next());
  ok_ = ok_ && value.has_value();
  id = value.value_or(Uuid{});
}

void Reader::page(PagePlace& place) {
  const std::string_view arg = next();
  if (arg == "0") {
    place = {};
    return;
  }
  const auto value = id_from(arg.empty() ? arg : arg.substr(1));
  const bool is_side = arg.starts_with('n') || arg.starts_with('p');
  ok_ = ok_ && value && is_side;
  place = ok_ ? PagePlace{static_cast<PagePlace::Side>(arg.front()), *value} : PagePlace{};
}

void Reader::set(bool& on) {
  const std::string_view arg = next();
  ok_ = ok_ && (arg == "0" || arg == "1");
  on = arg == "1";
}

void Reader::flag(bool& set, std::string_view word) {
  set = rest_.size() == word.size() + 1 && rest_.front() == ':' && rest_.substr(1) == word;
  if (set) {
    rest_ = {};
  }
}

std::string_view Reader::next() {
  if (rest_.empty() || rest_.front() != ':') {
    ok_ = false;
    return {};
  }
  const std::size_t end = std::min(rest_.find(':', 1), rest_.size());
  const std::string_view arg = rest_.substr(1, end - 1);
  rest_ = rest_.substr(end);
  return arg;
}

}  // namespace aisha::bot
