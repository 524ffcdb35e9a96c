// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/style_list.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "bot/cards/layout.hpp"

namespace aisha::bot {
namespace {

using layout::coins;

constexpr std::size_t kTitleMax = 32;
/// Numbers in one row: a keypad and its sheet fit one telephone's screen together.
constexpr std::size_t kNumbersInRow = 6;

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

std::int64_t lowest_price(const std::vector<StyleItem>& styles) {
  return styles.empty() ? 0 : std::ranges::min(styles, {}, &StyleItem::price).price;
}

/// "5 монет", and a word more when some of the styles cost more: those say so themselves.
std::string price_line(const texts::Texts& texts, const std::vector<StyleItem>& styles) {
  const std::int64_t low = lowest_price(styles);
  const bool differ = std::ranges::any_of(styles, [low](const StyleItem& item) { return item.price > low; });
  return differ ? texts.plain("category.price_from", {{"price", coins(texts, low)}}) : coins(texts, low);
}

}  // namespace

bool starts_at_once(const StyleItem& style, bool confirm, std::int64_t coins) {
  return style.is_available && !confirm && !style.premium && style.price * 2 <= coins;
}

photo::Sheet numbered_sheet(const std::vector<StyleItem>& styles, domain::AvatarKind kind) {
  const std::int64_t low = lowest_price(styles);
  photo::Sheet sheet;
  sheet.kind = kind;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    sheet.cells.push_back({.style = styles[i].id,
                           .badge = std::to_string(i + 1),
                           .locked = styles[i].premium,
                           .popular = styles[i].popular,
                           .price = styles[i].price > low ? std::to_string(styles[i].price) : std::string(),
                           .label = cut(styles[i].title, kTitleMax)});
  }
  return sheet;
}

std::string style_name(const texts::Texts& texts, const std::vector<StyleItem>& styles, std::size_t at) {
  const StyleItem& item = styles[at];
  std::string out = fmt::format("{} {}{}{}{}{}", at + 1, cut(item.title, kTitleMax), item.premium ? " 🔒" : "",
                                item.popular ? " 🔥" : "", item.rising ? " 📈" : "", item.fresh ? " 🆕" : "");
  out += item.is_available ? "" : " " + texts.plain("style.unavailable");
  out += item.price > lowest_price(styles) ? fmt::format(" ({})", coins(texts, item.price)) : "";
  return out;
}

std::string style_names(const texts::Texts& texts, const std::vector<StyleItem>& styles) {
  std::string out;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    out += (i == 0 ? "" : " · ") + style_name(texts, styles, i);
  }
  return out;
}

std::string tap_line(const texts::Texts& texts, const std::vector<StyleItem>& styles, bool starts) {
  return texts.plain(starts ? "category.tap_starts" : "category.tap_asks", {{"price", price_line(texts, styles)}});
}

void add_style_numbers(Keyboard& keyboard, std::vector<Button> numbers) {
  // Two rows of about the same length rather than a long and a short one.
  const std::size_t rows = (numbers.size() + kNumbersInRow - 1) / kNumbersInRow;
  const std::size_t in_row = rows == 0 ? 1 : (numbers.size() + rows - 1) / rows;
  layout::add_rows(keyboard, std::move(numbers), in_row);
}

}  // namespace aisha::bot
