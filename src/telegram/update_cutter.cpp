// SPDX-License-Identifier: Apache-2.0
#include "telegram/update_cutter.hpp"

#include <charconv>
#include <string>

namespace aisha::telegram {
namespace {

/// Walks over JSON text without understanding it: strings are skipped as strings, everything else by its brackets.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  char peek() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n')) {
      ++at_;
    }
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool take(char c) {
    if (peek() != c) {
      return false;
    }
    ++at_;
    return true;
  }

  /// The text of the next value, or nothing when it never ends or does not begin.
  std::optional<std::string_view> value() {
    const char first = peek();
    const std::size_t start = at_;
    if (first == '"') {
      if (!skip_string()) {
        return std::nullopt;
      }
    } else if (first == '{' || first == '[') {
      if (!skip_brackets()) {
        return std::nullopt;
      }
    } else {
      at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    }
    return at_ > start ? std::optional(text_.substr(start, at_ - start)) : std::nullopt;
  }

 private:
  bool skip_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return true;
      }
    }
    at_ = text_.size();
    return false;
  }

  bool skip_brackets() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        if (!skip_string()) {
          return false;
        }
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// The value of a key of the outermost object.
std::optional<std::string_view> member(std::string_view object, std::string_view quoted_key) {
  Cursor cursor(object);
  if (!cursor.take('{')) {
    return std::nullopt;
  }
  do {
    const auto key = cursor.value();
    if (!key || !cursor.take(':')) {
      return std::nullopt;
    }
    const auto value = cursor.value();
    if (!value || (cursor.peek() != ',' && cursor.peek() != '}')) {
      return std::nullopt;
    }
    if (*key == quoted_key) {
      return value;
    }
  } while (cursor.take(','));
  return std::nullopt;
}

}  // namespace

RawUpdate raw_update(std::string_view text) {
  RawUpdate update;
  update.json = std::string(text);
  if (const auto digits = member(text, "\"update_id\"")) {
    std::int64_t id = 0;
    const auto [end, ec] = std::from_chars(digits->data(), digits->data() + digits->size(), id);
    if (ec == std::errc{} && end == digits->data() + digits->size() && id >= 0) {
      update.update_id = id;
    }
  }
  return update;
}

std::optional<std::vector<RawUpdate>> cut_updates(std::string_view answer) {
  const auto ok = member(answer, "\"ok\"");
  const auto result = member(answer, "\"result\"");
  if (!ok || *ok != "true" || !result) {
    return std::nullopt;
  }
  Cursor cursor(*result);
  if (!cursor.take('[')) {
    return std::nullopt;
  }
  std::vector<RawUpdate> updates;
  if (cursor.take(']')) {
    return updates;
  }
  do {
    const auto element = cursor.value();
    if (!element) {
      return std::nullopt;
    }
    updates.push_back(raw_update(*element));
  } while (cursor.take(','));
  return cursor.take(']') ? std::optional(std::move(updates)) : std::nullopt;
}

}  // namespace aisha::telegram
