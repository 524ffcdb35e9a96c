// SPDX-License-Identifier: Apache-2.0
#include "telegram/bot_token.hpp"

#include <charconv>

namespace aisha::telegram {

std::optional<std::int64_t> bot_id_of(std::string_view token) {
  const std::string_view digits = token.substr(0, token.find(':'));
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (error != std::errc{} || end != digits.data() + digits.size() || id <= 0 || digits.size() == token.size()) {
    return std::nullopt;
  }
  return id;
}

}  // namespace aisha::telegram
