// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/codec/callback_codec.hpp"
#include "texts/texts.hpp"

/// The rules of docs/design/screens.md in one place: how buttons stand in rows, how a screen ends.
namespace aisha::bot::layout {

Button button(std::string text, CallbackData to, ButtonLook look = ButtonLook::plain);

/// Appends rows of at most `per_row`.
void add_rows(Keyboard& keyboard, std::vector<Button> buttons, std::size_t per_row);

/// Appends pairs; a label too long for half a row stands alone, where `most_rows` leave room for that.
void add_pairs(Keyboard& keyboard, std::vector<Button> buttons, std::size_t most_rows);

/// Rows of numbers, as even as they come and so few that the sheet above stays in sight.
void add_numbers(Keyboard& keyboard, std::vector<Button> numbers);

/// "‹ 2/3 ›" with what stands between the arrows; a side that leads nowhere is left out.
Row pager(const texts::Texts& texts, std::optional<CallbackData> previous, std::string label,
          std::optional<CallbackData> next);

/// The last row of a screen: back on the left, menu on the right.
Row navigation(const texts::Texts& texts, CallbackData back);

/// "🏠 Меню" alone.
Row menu(const texts::Texts& texts);

/// "5 монет".
std::string coins(const texts::Texts& texts, std::int64_t n);

/// How long until something, rounded up: "5 часов", "12 минут"; to stand behind "через".
std::string time_until(const texts::Texts& texts, std::int64_t seconds);

/// How somebody gets an avatar of their own: by a photo where those are taken, else from whoever runs the bot ("" =
/// nobody named).
std::string way_to_avatar(const texts::Texts& texts, bool takes_photos, const std::string& support);

/// Sheet without numbers: the photo of screens that have no picture of their own.
Photo banner(const std::vector<std::string>& styles);

/// A ratio in callback data ("3-4") and back ("3:4").
std::string ratio_slug(std::string_view ratio);
std::string ratio_from_slug(std::string_view slug);

/// The element after `current`; the first one when it is the last or unknown; `current` when there is none.
std::string next_of(const std::vector<std::string>& values, const std::string& current);

}  // namespace aisha::bot::layout
