// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace aisha::utf8 {
namespace {

/// First and last code point of a block.
struct Block {
  char32_t first;
  char32_t last;
};

bool is_in(std::span<const Block> blocks, char32_t code) {
  return std::ranges::any_of(blocks, [code](const Block& b) { return code >= b.first && code <= b.last; });
}

}  // namespace

std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) {
    return lead;
  }
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  if (lead < 0xc2 || lead > 0xf4) {
    return std::nullopt;
  }
  char32_t code = lead & (0x3fU >> static_cast<unsigned>(more));
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xc0U) != 0x80) {
      return std::nullopt;
    }
    code = (code << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  }
  constexpr std::array<char32_t, 4> kLeast{0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < kLeast[static_cast<std::size_t>(more)] || code > 0x10ffff || surrogate) {
    return std::nullopt;
  }
  return code;
}

bool is_valid(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    // Most of it is ASCII: eight bytes at a time.
    std::uint64_t word = 0;
    if (at + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        at += sizeof word;
        continue;
      }
    }
    if (!next_code_point(text, at)) {
      return false;
    }
  }
  return true;
}

void append(std::string& out, char32_t code) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
    return;
  }
  if (code < 0x800) {
    out.push_back(static_cast<char>(0xc0U | (code >> 6U)));
  } else {
    if (code < 0x10000) {
      out.push_back(static_cast<char>(0xe0U | (code >> 12U)));
    } else {
      out.push_back(static_cast<char>(0xf0U | (code >> 18U)));
      out.push_back(static_cast<char>(0x80U | ((code >> 12U) & 0x3fU)));
    }
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3fU)));
  }
  out.push_back(static_cast<char>(0x80U | (code & 0x3fU)));
}

bool is_letter_or_digit(char32_t code) {
  constexpr std::array kBlocks = {Block{'0', '9'},       Block{'A', 'Z'},       Block{'a', 'z'},
                                  Block{0xc0, 0xd6},     Block{0xd8, 0xf6},     Block{0xf8, 0x2af},
                                  Block{0x370, 0x1fff},  Block{0x2c00, 0x2dff}, Block{0xa4d0, 0xabff},
                                  Block{0xfb00, 0xfdff}, Block{0xfe70, 0xfefc}, Block{0x10280, 0x1efff}};
  return is_in(kBlocks, code);
}

bool is_ideograph(char32_t code) {
  constexpr std::array kBlocks = {Block{0x2e80, 0x2fdf},  Block{0x3040, 0x318f}, Block{0x31a0, 0xa4cf},
                                  Block{0xac00, 0xd7af},  Block{0xf900, 0xfaff}, Block{0xff66, 0xff9f},
                                  Block{0x20000, 0x3ffff}};
  return is_in(kBlocks, code);
}

bool is_emoji(char32_t code) {
  constexpr std::array kBlocks = {Block{0x2600, 0x27bf}, Block{0x2b00, 0x2bff}, Block{0x1f000, 0x1faff}};
  return is_in(kBlocks, code);
}

}  // namespace aisha::utf8
