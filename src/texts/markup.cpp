// SPDX-License-Identifier: Apache-2.0
#include "texts/markup.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace aisha::texts {
namespace {

struct Tag {
  std::string_view open;
  std::string_view close;
  Look look;
};

constexpr std::array<Tag, 4> kTags{{
    {"<b>", "</b>", Look::bold},
    {"<i>", "</i>", Look::italic},
    {"<code>", "</code>", Look::code},
    {"<blockquote expandable>", "</blockquote>", Look::expandable_blockquote},
}};

class Expansion {
 public:
  explicit Expansion(Args args) : args_(args) {}

  RichText run(std::string_view source) {
    std::size_t i = 0;
    while (i < source.size()) {
      const std::size_t special = source.find_first_of("<{", i);
      copy(source.substr(i, special - i));
      if (special == std::string_view::npos) {
        break;
      }
      const std::string_view rest = source.substr(special);
      std::size_t used = rest.front() == '<' ? tag(rest) : placeholder(rest);
      if (used == 0) {
        copy(rest.substr(0, 1));
        used = 1;
      }
      i = special + used;
    }
    return std::move(out_);
  }

 private:
  void copy(std::string_view plain) {
    out_.text += plain;
    units_ += utf16_length(plain);
  }

  std::size_t tag(std::string_view rest) {
    for (const Tag& tag : kTags) {
      if (rest.starts_with(tag.open)) {
        open_.emplace_back(out_.spans.size(), tag.look);
        out_.spans.push_back({tag.look, units_, 0});
        return tag.open.size();
      }
      if (rest.starts_with(tag.close) && !open_.empty() && open_.back().second == tag.look) {
        Span& span = out_.spans[open_.back().first];
        span.length = units_ - span.offset;
        open_.pop_back();
        return tag.close.size();
      }
    }
    return 0;
  }

  std::size_t placeholder(std::string_view rest) {
    const std::size_t end = rest.find('}');
    if (end == std::string_view::npos) {
      return 0;
    }
    const std::string_view name = rest.substr(1, end - 1);
    for (const Arg& arg : args_) {
      if (arg.name == name) {
        insert(arg);
        return end + 1;
      }
    }
    return 0;
  }

  void insert(const Arg& arg) {
    if (const auto* text = std::get_if<std::string_view>(&arg.value)) {
      copy(*text);
    } else if (const auto* number = std::get_if<std::int64_t>(&arg.value)) {
      copy(std::to_string(*number));
    } else {
      const RichText& rich = *std::get<const RichText*>(arg.value);
      for (Span span : rich.spans) {
        span.offset += units_;
        out_.spans.push_back(span);
      }
      copy(rich.text);
    }
  }

  Args args_;
  RichText out_;
  std::size_t units_ = 0;
  std::vector<std::pair<std::size_t, Look>> open_;
};

}  // namespace

RichText expand(std::string_view source, Args args) {
  RichText out = Expansion(args).run(source);
  // Telegram refuses empty entities.
  std::erase_if(out.spans, [](const Span& span) { return span.length == 0; });
  return out;
}

}  // namespace aisha::texts
