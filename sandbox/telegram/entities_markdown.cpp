// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <array>

#include "sandbox/telegram/entities.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

constexpr std::string_view kReserved = "_*[]()~`>#+-=|{}.!";

struct Mark {
  std::string_view opening;
  std::string_view closing;
  std::string_view entity;
  std::string_view name;  ///< in error texts
};

/// Longest first: "__" is underline before "_" is italic.
constexpr std::array kMarks = {
    Mark{"```", "```", "pre", "Pre"},
    Mark{"__", "__", "underline", "Underline"},
    Mark{"||", "||", "spoiler", "Spoiler"},
    Mark{"![", "]", "custom_emoji", "CustomEmoji"},
    Mark{"_", "_", "italic", "Italic"},
    Mark{"*", "*", "bold", "Bold"},
    Mark{"~", "~", "strikethrough", "Strikethrough"},
    Mark{"`", "`", "code", "Code"},
    Mark{"[", "]", "text_link", "TextUrl"},
};

struct Open {
  const Mark* mark;
  std::size_t at;      ///< byte offset in the input
  std::size_t out_at;  ///< byte offset in the output
  std::size_t utf16;
  std::string language;
};

std::unexpected<Refusal> broken(std::string text) {
  return refuse("Can't parse entities: " + text);
}

class MarkdownParser {
 public:
  explicit MarkdownParser(std::string_view text) : text_(text) {}

  Checked<FormattedText> run() {
    bool line_start = true;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool starts_line = line_start;
      line_start = c == '\n';
      if (c == '\n') {
        end_quote_line();
      }
      if (starts_line && quote_prefix()) {
        line_start = false;
        continue;
      }
      if (auto step = one(c); !step) {
        return std::unexpected(step.error());
      }
    }
    end_quote(false);
    if (!open_.empty()) {
      return broken(
          fmt::format("Can't find end of {} entity at byte offset {}", open_.back().mark->name, open_.back().at));
    }
    return FormattedText{std::move(out_), std::move(entities_)};
  }

 private:
  bool rest_starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool in_code() const {
    return !open_.empty() && (open_.back().mark->entity == "code" || open_.back().mark->entity == "pre");
  }

  Checked<bool> one(char c) {
    if (c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] > 0 && text_[at_ + 1] <= 126) {
      out_ += text_[at_ + 1];
      at_ += 2;
      return true;
    }
    if (in_code()) {
      if (rest_starts(open_.back().mark->closing)) {
        return close();
      }
      out_ += c;
      ++at_;
      return true;
    }
    if (kReserved.find(c) == std::string_view::npos) {
      out_ += c;
      ++at_;
      return true;
    }
    if (quote_ && rest_starts("||") && (at_ + 2 == text_.size() || text_[at_ + 2] == '\n') &&
        (open_.empty() || open_.back().mark->entity != "spoiler")) {
      at_ += 2;
      end_quote(true);
      return true;
    }
    return mark(c);
  }

  Checked<bool> mark(char c) {
    if (!open_.empty()) {
      const std::string_view closing = open_.back().mark->closing;
      // "___" inside italic inside underline closes the longer mark only when that one is on top.
      const bool longer = closing == "_" && rest_starts("__");
      if (rest_starts(closing) && !longer) {
        return close();
      }
    }
    for (const Mark& candidate : kMarks) {
      if (rest_starts(candidate.opening)) {
        open_.push_back(Open{&candidate, at_, out_.size(), utf16_length(out_), {}});
        at_ += candidate.opening.size();
        if (candidate.entity == "pre") {
          read_language();
        }
        return true;
      }
    }
    return broken(fmt::format("Character '{}' is reserved and must be escaped with the preceding '\\'", c));
  }

  void read_language() {
    const std::size_t line = text_.find_first_of("\n`", at_);
    if (line == std::string_view::npos || text_[line] != '\n') {
      return;
    }
    open_.back().language = std::string(text_.substr(at_, line - at_));
    at_ = line + 1;
  }

  Checked<bool> close() {
    Open top = std::move(open_.back());
    open_.pop_back();
    at_ += top.mark->closing.size();
    Entity entity{std::string(top.mark->entity), top.utf16, utf16_length(out_) - top.utf16, {}, {}, {}, 0};
    if (entity.type == "pre") {
      entity.language = top.language;
    } else if (entity.type == "text_link" || entity.type == "custom_emoji") {
      std::string url;
      if (auto read = read_url(url, entity.type == "custom_emoji"); !read) {
        return read;
      }
      if (entity.type == "custom_emoji") {
        const std::size_t id = url.find("id=");
        entity.custom_emoji_id = id == std::string::npos ? std::string() : url.substr(id + 3);
      } else {
        entity.url = url.empty() ? out_.substr(top.out_at) : url;
      }
    }
    const bool link_without_host =
        entity.type == "text_link" && entity.url.find('.') == std::string::npos && !entity.url.starts_with("tg://");
    if (entity.length > 0 && !link_without_host) {
      entities_.push_back(std::move(entity));
    }
    return true;
  }

  Checked<bool> read_url(std::string& url, bool required) {
    if (at_ == text_.size() || text_[at_] != '(') {
      return required ? Checked<bool>(broken("Custom emoji entity must contain a tg://emoji URL"))
                      : Checked<bool>(true);
    }
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != ')') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
      }
      url += text_[at_++];
    }
    if (at_ == text_.size()) {
      return broken(
          fmt::format("Can't find end of {} URL at byte offset {}", required ? "a custom emoji" : "a", begin));
    }
    ++at_;
    return true;
  }

  /// Consumes ">" or "**>" at the start of a line.
  bool quote_prefix() {
    const bool fresh = rest_starts("**>");
    if (!fresh && !rest_starts(">")) {
      return false;
    }
    if (in_code()) {
      return false;
    }
    if (fresh) {
      end_quote(false);
    }
    if (!quote_) {
      quote_ = true;
      quote_at_ = utf16_length(out_);
    }
    at_ += fresh ? 3 : 1;
    return true;
  }

  void end_quote_line() {
    const std::string_view next = text_.substr(at_ + 1);
    if (quote_ && !next.starts_with(">")) {
      end_quote(false);
    }
  }

  void end_quote(bool expandable) {
    if (!quote_) {
      return;
    }
    quote_ = false;
    const std::size_t length = utf16_length(out_) - quote_at_;
    if (length > 0) {
      entities_.push_back(
          Entity{expandable ? "expandable_blockquote" : "blockquote", quote_at_, length, {}, {}, {}, 0});
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Entity> entities_;
  std::vector<Open> open_;
  bool quote_ = false;
  std::size_t quote_at_ = 0;
};

}  // namespace

Checked<FormattedText> parse_markdown(std::string_view text) {
  return MarkdownParser(text).run();
}

}  // namespace aisha::sandbox::telegram
