// SPDX-License-Identifier: Apache-2.0
#include "imaging/lettering.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

#include "base/embedded.hpp"
#include "base/utf8.hpp"

namespace aisha::embedded {
Files lettering();
}

namespace aisha::imaging {
namespace {

constexpr double kSmallest = 2.0 / 3;
constexpr char32_t kEllipsis = U'…';

struct Letter {
  int offset = 0;
  int width = 0;
  int advance = 0;
  std::size_t ink = 0;  ///< where it begins, in half bytes
};

/// data/lettering/label.bin as tools/lettering.mjs writes it.
class Alphabet {
 public:
  Alphabet() : bytes_(embedded::lettering().front().bytes) {
    constexpr std::size_t kHead = 8;
    constexpr std::size_t kEntry = 5;
    const std::size_t count = byte(6) | byte(7) << 8U;
    std::size_t ink = 2 * (kHead + count * kEntry);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = kHead + i * kEntry;
      const Letter letter{static_cast<std::int8_t>(byte(at + 2)), static_cast<int>(byte(at + 3)),
                          static_cast<int>(byte(at + 4)), ink};
      letters_.emplace(static_cast<char32_t>(byte(at) | byte(at + 1) << 8U), letter);
      const auto pixels = static_cast<std::size_t>(letter.width * height());
      ink += pixels + pixels % 2;
    }
  }

  int height() const { return static_cast<int>(byte(4)); }
  const Letter* find(char32_t code) const {
    const auto found = letters_.find(code);
    return found == letters_.end() ? nullptr : &found->second;
  }
  /// 0 to 15, 0 outside.
  int cover(const Letter& letter, int x, int y) const {
    if (x < 0 || y < 0 || x >= letter.width || y >= height()) {
      return 0;
    }
    const std::size_t at = letter.ink + static_cast<std::size_t>(y * letter.width + x);
    return static_cast<int>(at % 2 == 0 ? byte(at / 2) >> 4U : byte(at / 2) & 15U);
  }

 private:
  std::size_t byte(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }

  std::string_view bytes_;
  std::map<char32_t, Letter> letters_;
};

const Alphabet& alphabet() {
  static const Alphabet kLetters;
  return kLetters;
}

using Line = std::vector<const Letter*>;

Line line_of(std::string_view text) {
  Line out;
  for (std::size_t at = 0; at < text.size();) {
    const auto code = utf8::next_code_point(text, at);
    const Letter* letter = code ? alphabet().find(*code) : nullptr;
    if (letter != nullptr) {
      out.push_back(letter);
    }
  }
  return out;
}

double width_of(const Line& line) {
  double width = 0;
  for (const Letter* letter : line) {
    width += letter->advance;
  }
  return width;
}

/// Cuts the line to `widest` px of the alphabet's own size, an ellipsis included.
void shorten(Line& line, double widest) {
  const Letter* dots = alphabet().find(kEllipsis);
  if (width_of(line) <= widest || dots == nullptr) {
    return;
  }
  while (!line.empty() && width_of(line) + dots->advance > widest) {
    line.pop_back();
  }
  line.push_back(dots);
}

/// Coverage of the letter around a point of its own pixels, smooth.
double sample(const Letter& letter, double x, double y) {
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const double right = x - left;
  const double below = y - top;
  const auto at = [&](int dx, int dy) { return static_cast<double>(alphabet().cover(letter, left + dx, top + dy)); };
  return ((at(0, 0) * (1 - right) + at(1, 0) * right) * (1 - below) +
          (at(0, 1) * (1 - right) + at(1, 1) * right) * below) /
         15;
}

void stamp(Ink& ink, const Letter& letter, double pen, double scale, int top) {
  const double from = pen + letter.offset * scale;
  const int first = std::max(0, static_cast<int>(std::floor(from)));
  const int last = std::min(ink.width - 1, static_cast<int>(std::ceil(from + letter.width * scale)));
  for (int y = 0; y < ink.height; ++y) {
    for (int x = first; x <= last; ++x) {
      const double cover = sample(letter, (x + 0.5 - from) / scale - 0.5, (y + 0.5 - top) / scale - 0.5);
      auto& pixel = ink.cover[static_cast<std::size_t>(y * ink.width + x)];
      pixel = std::max(pixel, static_cast<std::uint8_t>(std::lround(std::clamp(cover, 0.0, 1.0) * 255)));
    }
  }
}

}  // namespace

Ink letter(std::string_view text, int line, int widest) {
  Line letters = line_of(text);
  Ink ink;
  if (letters.empty() || line < 4 || widest < 4) {
    return ink;
  }
  const double wanted = static_cast<double>(line) / alphabet().height();
  const double scale = wanted * std::clamp(widest / (width_of(letters) * wanted), kSmallest, 1.0);
  shorten(letters, widest / scale);
  ink.width = std::min(widest, static_cast<int>(std::ceil(width_of(letters) * scale)) + 1);
  ink.height = line;
  ink.cover.resize(static_cast<std::size_t>(ink.width * ink.height));
  const int top = static_cast<int>(std::lround((line - alphabet().height() * scale) / 2));
  double pen = 0;
  for (const Letter* one : letters) {
    stamp(ink, *one, pen, scale, top);
    pen += one->advance * scale;
  }
  return ink;
}

}  // namespace aisha::imaging
