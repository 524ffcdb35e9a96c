// SPDX-License-Identifier: Apache-2.0
#include "telegram/update_head.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "base/utf8.hpp"

namespace aisha::telegram {
namespace {

constexpr std::array<std::string_view, 6> kWords = {"other",          "message",        "edited_message",
                                                    "callback_query", "my_chat_member", "inline_query"};

std::optional<std::int64_t> integer(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

/// Tokens of JSON text without their meaning: strings are skipped as strings, everything else by its brackets.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  std::string_view from(std::size_t start) const { return text_.substr(start, at_ - start); }

  /// The next character that is no blank; '\0' at the end.
  char peek() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n')) {
      ++at_;
    }
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool is_over() const { return at_ == text_.size(); }

  bool take(char c) {
    if (peek() != c || is_over()) {
      return false;
    }
    ++at_;
    return true;
  }
  void skip_one() { ++at_; }

  /// What stands between quotes, as written; nothing when the string never ends.
  std::optional<std::string_view> string() {
    const std::size_t start = ++at_;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        return text_.substr(start, at_++ - start);
      }
    }
    at_ = text_.size();
    return std::nullopt;
  }

  /// A number or a word.
  std::string_view plain() {
    const std::size_t start = at_;
    while (at_ < text_.size() && !std::string_view(",:]}[{\" \t\r\n").contains(text_[at_])) {
      ++at_;
    }
    return text_.substr(start, at_ - start);
  }

  /// The next value; nothing when it never ends or does not begin.
  std::optional<std::string_view> value();

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// One walk over an object, which remembers under which names it stands and notes the few numbers that a head is made
/// of.
class HeadWalk {
 public:
  /// To the bracket that closes the value at the cursor; false when the text ends before.
  bool run(Cursor& cursor);
  UpdateHead head() const;

 private:
  // update > message > chat > id, update > callback_query > message > chat > id
  static constexpr std::size_t kDepth = 5;

  void open() {
    if (++depth_ < kDepth) {
      names_[depth_] = {};
    }
  }
  void name(std::string_view word);
  void number(Cursor& cursor, std::string_view digits);
  /// Where a number stands, below the update's own members.
  bool is_at(std::size_t depth, std::string_view parent, std::string_view grandparent = {}) const;

  std::array<std::string_view, kDepth> names_{};
  std::size_t depth_ = 0;
  std::string_view payload_;
  std::optional<std::int64_t> update_id_;
  std::int64_t message_chat_ = 0;
  std::int64_t chat_ = 0;
  std::int64_t from_ = 0;
};

bool HeadWalk::run(Cursor& cursor) {
  do {
    const char c = cursor.peek();
    if (c == '"') {
      const auto word = cursor.string();
      if (!word) {
        return false;
      }
      if (depth_ < kDepth && cursor.peek() == ':') {
        name(*word);
      }
    } else if (c == '{' || c == '[') {
      open();
      cursor.skip_one();
    } else if (c == '}' || c == ']') {
      if (depth_ == 0) {
        return false;
      }
      --depth_;
      cursor.skip_one();
    } else if (c == ',' || c == ':') {
      cursor.skip_one();
    } else if (cursor.is_over()) {
      return false;
    } else {
      const std::string_view word = cursor.plain();
      number(cursor, word);
    }
  } while (depth_ > 0);
  return true;
}

void HeadWalk::name(std::string_view word) {
  names_[depth_] = word;
  if (depth_ == 1 && payload_.empty() && word != "update_id") {
    payload_ = word;
  }
}

bool HeadWalk::is_at(std::size_t depth, std::string_view parent, std::string_view grandparent) const {
  return depth_ == depth && names_[depth] == "id" && names_[depth - 1] == parent && names_[1] == payload_ &&
         (grandparent.empty() || names_[depth - 2] == grandparent);
}

void HeadWalk::number(Cursor& cursor, std::string_view digits) {
  if (depth_ == 1 && names_[1] == "update_id" && !update_id_) {
    const char after = cursor.peek();
    const auto id = integer(digits);
    if (id && *id >= 0 && (after == ',' || after == '}')) {
      update_id_ = id;
    }
    names_[1] = {};
  } else if (is_at(3, "chat")) {
    chat_ = integer(digits).value_or(0);
  } else if (is_at(3, "from")) {
    from_ = integer(digits).value_or(0);
  } else if (is_at(4, "chat", "message")) {
    message_chat_ = integer(digits).value_or(0);
  }
}

UpdateHead HeadWalk::head() const {
  UpdateHead head;
  head.update_id = update_id_;
  head.kind = update_kind(payload_);
  head.lane = message_chat_ != 0 ? message_chat_ : chat_ != 0 ? chat_ : from_;
  if (head.kind == UpdateKind::inline_query) {
    head.lane = kInlineLane + from_;
  }
  return head;
}

std::optional<std::string_view> Cursor::value() {
  const char first = peek();
  const std::size_t start = at_;
  if (first == '"') {
    if (!string()) {
      return std::nullopt;
    }
  } else if (first == '{' || first == '[') {
    HeadWalk walk;
    if (!walk.run(*this)) {
      return std::nullopt;
    }
  } else {
    plain();
  }
  return at_ > start ? std::optional(from(start)) : std::nullopt;
}

RawUpdate raw_update(UpdateHead head, std::string_view text) {
  head.is_text = !text.contains('\0') && utf8::is_valid(text);
  return {head, std::string(text)};
}

/// The elements of the array at the cursor.
std::optional<std::vector<RawUpdate>> elements(Cursor& cursor) {
  if (!cursor.take('[')) {
    return std::nullopt;
  }
  std::vector<RawUpdate> updates;
  if (cursor.take(']')) {
    return updates;
  }
  do {
    const char first = cursor.peek();
    const std::size_t start = cursor.at();
    if (first == '{') {
      HeadWalk walk;
      if (!walk.run(cursor)) {
        return std::nullopt;
      }
      updates.push_back(raw_update(walk.head(), cursor.from(start)));
    } else if (const auto other = cursor.value()) {
      updates.push_back(raw_update({}, *other));
    } else {
      return std::nullopt;
    }
  } while (cursor.take(','));
  return cursor.take(']') ? std::optional(std::move(updates)) : std::nullopt;
}

}  // namespace

std::string_view text_of(UpdateKind kind) {
  return kWords.at(static_cast<std::size_t>(kind));
}

UpdateKind update_kind(std::string_view word) {
  for (std::size_t i = 1; i < kWords.size(); ++i) {
    if (kWords[i] == word) {
      return static_cast<UpdateKind>(i);
    }
  }
  return UpdateKind::other;
}

std::vector<std::string> wanted_updates(bool with_inline) {
  std::vector<std::string> out{"message", "callback_query", "my_chat_member"};
  if (with_inline) {
    out.emplace_back("inline_query");
  }
  return out;
}

UpdateHead update_head(std::string_view text) {
  Cursor cursor(text);
  UpdateHead head;
  if (cursor.peek() == '{') {
    HeadWalk walk;
    walk.run(cursor);
    head = walk.head();
  }
  head.is_text = !text.contains('\0') && utf8::is_valid(text);
  return head;
}

std::optional<std::vector<RawUpdate>> cut_updates(std::string_view answer) {
  Cursor cursor(answer);
  if (!cursor.take('{')) {
    return std::nullopt;
  }
  bool ok = false;
  std::optional<std::vector<RawUpdate>> updates;
  do {
    const auto key = cursor.peek() == '"' ? cursor.string() : std::nullopt;
    if (!key || !cursor.take(':')) {
      return std::nullopt;
    }
    if (*key == "result") {
      updates = elements(cursor);
      if (!updates) {
        return std::nullopt;
      }
    } else {
      const auto value = cursor.value();
      if (!value) {
        return std::nullopt;
      }
      ok = ok || (*key == "ok" && *value == "true");
    }
  } while (cursor.take(','));
  return ok && cursor.take('}') ? std::move(updates) : std::nullopt;
}

}  // namespace aisha::telegram
