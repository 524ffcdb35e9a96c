// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/series.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "domain/prompt_text.hpp"

namespace aisha::bot {
namespace {

/// Apps send the pieces one right behind the other; nobody writes the next message so soon.
constexpr std::int64_t kTogether = 3;

/// "paste 1764400000" -> whether that was a moment ago.
bool was_just(std::string_view kind, std::string_view album, std::int64_t date) {
  if (!album.starts_with(kind)) {
    return false;
  }
  std::int64_t before = 0;
  const std::string_view number = album.substr(kind.size());
  const auto read = std::from_chars(number.data(), number.data() + number.size(), before);
  return read.ec == std::errc() && date >= before && date - before <= kTogether;
}

bool goes_on_with(std::string_view kind, bool begins, const Event& event, domain::Chat& chat) {
  const bool goes_on = was_just(kind, chat.album, event.date);
  if (begins || goes_on) {
    chat.album = fmt::format("{}{}", kind, event.date);
  }
  return goes_on;
}

}  // namespace

bool goes_on(const Event& event, domain::Chat& chat) {
  if (!event.album.empty()) {
    return std::exchange(chat.album, event.album) == event.album;
  }
  if (event.kind != Event::Kind::text) {
    return false;
  }
  if (event.is_forwarded) {
    return goes_on_with("forward ", true, event, chat);
  }
  // A piece that is followed by another one is far longer than a prompt may be.
  const bool is_long = domain::count_code_points(event.text) > domain::kPromptMaxCodePoints;
  return goes_on_with("paste ", is_long, event, chat);
}

}  // namespace aisha::bot
