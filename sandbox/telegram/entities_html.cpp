// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include "sandbox/telegram/entities.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

struct TagType {
  std::string_view tag;
  std::string_view entity;
};

constexpr std::array kTags = {
    TagType{"b", "bold"},
    TagType{"strong", "bold"},
    TagType{"i", "italic"},
    TagType{"em", "italic"},
    TagType{"u", "underline"},
    TagType{"ins", "underline"},
    TagType{"s", "strikethrough"},
    TagType{"strike", "strikethrough"},
    TagType{"del", "strikethrough"},
    TagType{"span", "spoiler"},
    TagType{"tg-spoiler", "spoiler"},
    TagType{"a", "text_link"},
    TagType{"code", "code"},
    TagType{"pre", "pre"},
    TagType{"blockquote", "blockquote"},
    TagType{"tg-emoji", "custom_emoji"},
    TagType{"tg-time", "date_time"},
};

struct OpenTag {
  std::string name;
  std::string argument;
  std::string entity;
  std::size_t utf16 = 0;
  std::size_t out_at = 0;
};

bool space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool name_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
}

std::unexpected<Refusal> broken(std::string text) {
  return refuse("Can't parse entities: " + text);
}

/// The character a reference such as "&lt;" stands for; advances past it, or 0 and nothing moves.
char32_t read_reference(std::string_view text, std::size_t& at) {
  const std::size_t end = text.find(';', at);
  if (end == std::string_view::npos || end - at > 10) {
    return 0;
  }
  const std::string_view name = text.substr(at + 1, end - at - 1);
  char32_t found = 0;
  if (name == "lt" || name == "gt" || name == "amp" || name == "quot") {
    found = name == "lt" ? U'<' : name == "gt" ? U'>' : name == "amp" ? U'&' : U'"';
  } else if (name.size() > 1 && name[0] == '#') {
    const bool hex = name[1] == 'x';
    std::uint32_t value = 0;
    const std::string_view digits = name.substr(hex ? 2 : 1);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    const bool sane = error == std::errc() && stop == digits.data() + digits.size() && value != 0 && value < 0x110000 &&
                      (value < 0xD800 || value > 0xDFFF);
    found = sane ? static_cast<char32_t>(value) : 0;
  }
  if (found != 0) {
    at = end + 1;
  }
  return found;
}

class HtmlParser {
 public:
  explicit HtmlParser(std::string_view text) : text_(text) {}

  Checked<FormattedText> run() {
    while (at_ < text_.size()) {
      if (text_[at_] == '<') {
        const bool closing = at_ + 1 < text_.size() && text_[at_ + 1] == '/';
        if (auto done = closing ? close_tag() : open_tag(); !done) {
          return std::unexpected(done.error());
        }
      } else {
        plain();
      }
    }
    if (!open_.empty()) {
      return broken(fmt::format("Can't find end tag corresponding to start tag \"{}\"", open_.back().name));
    }
    return FormattedText{std::move(out_), std::move(entities_)};
  }

 private:
  void plain() {
    if (text_[at_] == '&') {
      if (const char32_t found = read_reference(text_, at_); found != 0) {
        append_utf8(out_, found);
        return;
      }
    }
    out_ += text_[at_++];
  }

  std::string read_name() {
    std::string name;
    while (at_ < text_.size() && name_char(text_[at_])) {
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at_++])));
    }
    return name;
  }

  Checked<bool> open_tag() {
    const std::size_t begin = at_++;
    OpenTag tag;
    tag.name = read_name();
    if (at_ == text_.size()) {
      return broken(fmt::format("Unclosed start tag at byte offset {}", begin));
    }
    const auto type = std::ranges::find(kTags, tag.name, &TagType::tag);
    if (type == kTags.end()) {
      return broken(fmt::format("Unsupported start tag \"{}\" at byte offset {}", tag.name, begin));
    }
    tag.entity = type->entity;
    while (text_[at_] != '>') {
      if (auto read = read_attribute(tag, begin); !read) {
        return read;
      }
    }
    ++at_;
    if (tag.name == "span" && tag.argument != "tg-spoiler") {
      return broken(fmt::format("Tag \"span\" must have class \"tg-spoiler\" at byte offset {}", begin));
    }
    tag.utf16 = utf16_length(out_);
    tag.out_at = out_.size();
    open_.push_back(std::move(tag));
    return true;
  }

  Checked<bool> unclosed(const OpenTag& tag, std::size_t begin) const {
    return broken(fmt::format("Unclosed start tag \"{}\" at byte offset {}", tag.name, begin));
  }

  Checked<bool> read_attribute(OpenTag& tag, std::size_t begin) {
    skip_spaces();
    if (at_ == text_.size()) {
      return unclosed(tag, begin);
    }
    if (text_[at_] == '>') {
      return true;
    }
    std::string name;
    while (at_ < text_.size() && !space(text_[at_]) && text_[at_] != '=' && text_[at_] != '>') {
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at_++])));
    }
    if (name.empty()) {
      return broken(fmt::format("Empty attribute name in the tag \"{}\" at byte offset {}", tag.name, begin));
    }
    skip_spaces();
    std::string value;
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      skip_spaces();
      if (!read_value(value)) {
        return unclosed(tag, begin);
      }
    }
    if (at_ == text_.size()) {
      return unclosed(tag, begin);
    }
    keep_attribute(tag, name, value);
    return true;
  }

  bool read_value(std::string& value) {
    if (at_ == text_.size()) {
      return false;
    }
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'') {
      while (at_ < text_.size() && (name_char(text_[at_]) || text_[at_] == '.')) {
        value += text_[at_++];
      }
      return at_ < text_.size();
    }
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote) {
      const char32_t found = text_[at_] == '&' ? read_reference(text_, at_) : 0;
      if (found != 0) {
        append_utf8(value, found);
      } else {
        value += text_[at_++];
      }
    }
    return at_++ < text_.size();
  }

  static void keep_attribute(OpenTag& tag, const std::string& name, const std::string& value) {
    if ((tag.name == "a" && name == "href") || (tag.name == "tg-emoji" && name == "emoji-id") ||
        (tag.name == "tg-time" && name == "unix") || (tag.name == "span" && name == "class")) {
      tag.argument = value;
    } else if (tag.name == "code" && name == "class" && value.starts_with("language-")) {
      tag.argument = value.substr(9);
    } else if (tag.name == "blockquote" && name == "expandable") {
      tag.entity = "expandable_blockquote";
    }
  }

  Checked<bool> close_tag() {
    const std::size_t begin = at_;
    at_ += 2;
    const std::string name = read_name();
    skip_spaces();
    if (open_.empty()) {
      return broken(fmt::format("Unexpected end tag at byte offset {}", begin));
    }
    if (at_ == text_.size() || text_[at_] != '>') {
      return broken(fmt::format("Unclosed end tag at byte offset {}", begin));
    }
    ++at_;
    OpenTag tag = std::move(open_.back());
    open_.pop_back();
    if (!name.empty() && name != tag.name) {
      return broken(fmt::format("Unmatched end tag at byte offset {}, expected \"</{}>\", found \"</{}>\"", begin,
                                tag.name, name));
    }
    finish(tag);
    return true;
  }

  void finish(const OpenTag& tag) {
    Entity entity{tag.entity, tag.utf16, utf16_length(out_) - tag.utf16, {}, {}, {}, 0};
    if (entity.length == 0) {
      return;
    }
    if (tag.name == "a") {
      entity.url = tag.argument.empty() ? out_.substr(tag.out_at) : tag.argument;
      if (entity.url.find('.') == std::string::npos && !entity.url.starts_with("tg://")) {
        return;
      }
    } else if (tag.name == "tg-emoji") {
      entity.custom_emoji_id = tag.argument;
    } else if (tag.name == "code") {
      // <pre><code class="language-x"> is one entity: the inner one only lends its language.
      if (!open_.empty() && open_.back().name == "pre" && open_.back().out_at == tag.out_at) {
        open_.back().argument = tag.argument;
        return;
      }
    } else if (tag.name == "pre") {
      entity.language = tag.argument;
    }
    entities_.push_back(std::move(entity));
  }

  void skip_spaces() {
    while (at_ < text_.size() && space(text_[at_])) {
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Entity> entities_;
  std::vector<OpenTag> open_;
};

}  // namespace

Checked<FormattedText> parse_html(std::string_view text) {
  return HtmlParser(text).run();
}

}  // namespace aisha::sandbox::telegram
