// SPDX-License-Identifier: Apache-2.0
#include "texts/rich_text.hpp"

#include <algorithm>

namespace aisha::texts {
namespace {

constexpr std::string_view kEllipsis = "…";

bool starts_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

// Code points outside the basic plane, four bytes in UTF-8, are a surrogate pair in UTF-16.
std::size_t units_of(char lead) {
  return static_cast<unsigned char>(lead) >= 0xF0U ? 2 : 1;
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

}  // namespace

RichText& RichText::operator+=(std::string_view plain) {
  text += plain;
  return *this;
}

RichText& RichText::operator+=(const RichText& other) {
  const std::size_t shift = utf16_length(text);
  text += other.text;
  for (Span span : other.spans) {
    span.offset += shift;
    spans.push_back(span);
  }
  return *this;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    if (starts_code_point(c)) {
      units += units_of(c);
    }
  }
  return units;
}

std::string cut_utf16(std::string_view text, std::size_t limit) {
  if (utf16_length(text) <= limit) {
    return std::string(text);
  }
  if (limit == 0) {
    return {};
  }
  std::size_t units = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!starts_code_point(text[i])) {
      continue;
    }
    end = i;
    units += units_of(text[i]);
    if (units > limit - 1) {
      break;
    }
  }
  while (end > 0 && is_blank(text[end - 1])) {
    --end;
  }
  return std::string(text.substr(0, end)) + std::string(kEllipsis);
}

RichText cut_utf16(RichText rich, std::size_t limit) {
  if (utf16_length(rich.text) <= limit) {
    return rich;
  }
  rich.text = cut_utf16(std::string_view(rich.text), limit);
  const std::size_t units = utf16_length(rich.text);
  for (Span& span : rich.spans) {
    span.length = span.offset >= units ? 0 : std::min(span.length, units - span.offset);
  }
  std::erase_if(rich.spans, [](const Span& span) { return span.length == 0; });
  return rich;
}

}  // namespace aisha::texts
