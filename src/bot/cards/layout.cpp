// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/layout.hpp"

#include <algorithm>

#include "bot/cards/frame_routes.hpp"

namespace aisha::bot::layout {
namespace {

/// UTF-16 units that half a row of a telephone shows.
constexpr std::size_t kHalfRow = 18;

}  // namespace

Button button(std::string text, CallbackData to, ButtonLook look) {
  return {.text = std::move(text), .data = std::move(to.text), .look = look};
}

void add_rows(Keyboard& keyboard, std::vector<Button> buttons, std::size_t per_row) {
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    if (i % per_row == 0) {
      keyboard.emplace_back();
    }
    keyboard.back().push_back(std::move(buttons[i]));
  }
}

void add_pairs(Keyboard& keyboard, std::vector<Button> buttons, std::size_t most_rows) {
  Keyboard rows;
  bool open = false;
  for (const Button& one : buttons) {
    const bool is_long = texts::utf16_length(one.text) > kHalfRow;
    if (is_long || !open) {
      rows.emplace_back();
    }
    rows.back().push_back(one);
    open = !is_long && !open;
  }
  if (rows.size() > most_rows) {
    return add_rows(keyboard, std::move(buttons), 2);
  }
  keyboard.insert(keyboard.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}

void add_numbers(Keyboard& keyboard, std::vector<Button> numbers) {
  constexpr std::size_t kInRow = 6;
  const std::size_t rows = std::max<std::size_t>((numbers.size() + kInRow - 1) / kInRow, 1);
  const std::size_t in_row = (numbers.size() + rows - 1) / rows;
  add_rows(keyboard, std::move(numbers), std::max<std::size_t>(in_row, 1));
}

Row pager(const texts::Texts& texts, std::optional<CallbackData> previous, std::string label,
          std::optional<CallbackData> next) {
  Row row;
  if (previous) {
    row.push_back(button(texts.plain("button.previous"), std::move(*previous)));
  }
  row.push_back(button(std::move(label), frame::Nothing{}));
  if (next) {
    row.push_back(button(texts.plain("button.next"), std::move(*next)));
  }
  return row;
}

Row navigation(const texts::Texts& texts, CallbackData back) {
  return {button(texts.plain("button.back"), std::move(back)), button(texts.plain("button.menu"), frame::Home{})};
}

Row menu(const texts::Texts& texts) {
  return {button(texts.plain("button.menu"), frame::Home{})};
}

std::string time_until(const texts::Texts& texts, std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  // Nobody waits by the minute for what is hours away.
  if (seconds > kHour) {
    return texts.count("count.hours", (seconds + kHour - 1) / kHour);
  }
  return texts.count("count.minutes", std::max<std::int64_t>((seconds + kMinute - 1) / kMinute, 1));
}

std::string coins(const texts::Texts& texts, std::int64_t n) {
  return texts.count("count.coins", n);
}

std::string way_to_avatar(const texts::Texts& texts, bool takes_photos, const std::string& support) {
  if (takes_photos) {
    return texts.plain("photos.invite");
  }
  return support.empty() ? texts.plain("help.no_support") : texts.plain("help.support", {{"contact", support}});
}

Photo banner(const std::vector<std::string>& styles) {
  photo::Sheet sheet;
  for (const std::string& style : styles) {
    photo::Cell cell;
    cell.style = style;
    sheet.cells.push_back(std::move(cell));
  }
  return sheet;
}

std::string ratio_slug(std::string_view ratio) {
  std::string out(ratio);
  std::ranges::replace(out, ':', '-');
  return out;
}

std::string ratio_from_slug(std::string_view slug) {
  std::string out(slug);
  std::ranges::replace(out, '-', ':');
  return out;
}

std::string next_of(const std::vector<std::string>& values, const std::string& current) {
  if (values.empty()) {
    return current;
  }
  const auto found = std::ranges::find(values, current);
  return found == values.end() || found + 1 == values.end() ? values.front() : *(found + 1);
}

}  // namespace aisha::bot::layout
