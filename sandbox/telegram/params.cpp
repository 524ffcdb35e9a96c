// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/params.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace aisha::sandbox::telegram {

Params::Params(const json::Object& object) {
  for (const auto& pair : object) {
    const json::Value& value = pair.value();
    set(std::string(pair.key()), value.is_string() ? std::string(value.get_string()) : json::serialize(value));
  }
}

const std::string& Params::text(std::string_view name) const {
  static const std::string kNone;
  const auto found = values_.find(name);
  return found == values_.end() ? kNone : found->second;
}

std::int64_t Params::integer(std::string_view name, std::int64_t fallback, std::int64_t least,
                             std::int64_t most) const {
  const std::string& value = text(name);
  if (value.empty()) {
    return fallback;
  }
  std::int64_t number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return std::clamp(number, least, most);
}

bool Params::flag(std::string_view name) const {
  std::string value = text(name);
  std::ranges::transform(value, value.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return value == "true" || value == "yes" || value == "1";
}

std::optional<json::Value> Params::parsed(std::string_view name) const {
  const std::string& value = text(name);
  if (value.empty()) {
    return std::nullopt;
  }
  auto parsed = json::parse(value);
  return parsed ? std::optional(std::move(*parsed)) : std::optional(json::Value(nullptr));
}

const FileFacts* Call::file(std::string_view field) const {
  const auto found = std::ranges::find(files, field, &FileFacts::field);
  return found == files.end() ? nullptr : &*found;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace aisha::sandbox::telegram
