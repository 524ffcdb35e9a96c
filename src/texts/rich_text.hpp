// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aisha::texts {

/// What a stretch of text looks like; the names are those of Bot API message entities.
enum class Look : std::uint8_t { bold, italic, code, expandable_blockquote };

/// Offsets and lengths are UTF-16 code units, as the Bot API counts them.
struct Span {
  Look look = Look::bold;
  std::size_t offset = 0;
  std::size_t length = 0;

  bool operator==(const Span&) const = default;
};

/// A text and its looks. There is no markup inside `text`: what a person typed stays what they typed.
struct RichText {
  std::string text;  ///< UTF-8
  std::vector<Span> spans;

  RichText& operator+=(std::string_view plain);
  /// Appends with the spans moved behind what is there already.
  RichText& operator+=(const RichText& other);
  bool operator==(const RichText&) const = default;
};

/// UTF-16 code units of well-formed UTF-8.
std::size_t utf16_length(std::string_view text);

/// At most `limit` UTF-16 units; a cut text ends in "…", which counts, and never in half a code point or a blank.
std::string cut_utf16(std::string_view text, std::size_t limit);

/// Cuts text and spans to `limit` UTF-16 units: the wall behind which a caption never passes 1024.
RichText cut_utf16(RichText rich, std::size_t limit);

}  // namespace aisha::texts
