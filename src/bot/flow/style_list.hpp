// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/flow/catalog_view.hpp"
#include "domain/avatar.hpp"
#include "texts/texts.hpp"

/// Numbered lists of styles: the sheet, the names, what a tap does, the numbers. The same on every shelf.
namespace aisha::bot {

/// Whether a number starts a picture at once; otherwise it opens the style card (S3b): the person wants to be asked, or
/// the style is premium, not to be had now, or costs more than half of their coins. The quick looks ask only for the
/// first two reasons.
bool starts_at_once(const StyleItem& style, bool confirm, std::int64_t coins);

/// The styles' previews with the numbers of their buttons.
photo::Sheet numbered_sheet(const std::vector<StyleItem>& styles, domain::AvatarKind kind);

/// "2 Гламурный 🔥": one of them, with its number.
std::string style_name(const texts::Texts& texts, const std::vector<StyleItem>& styles, std::size_t at);

/// "1 Деловой · 2 Гламурный 🔥 · 3 Принцесса (8 монет)": what the sheet shows, for whoever does not see it.
std::string style_names(const texts::Texts& texts, const std::vector<StyleItem>& styles);

/// What a tap on a number does, and for how much; `starts`: some start a picture at once.
std::string tap_line(const texts::Texts& texts, const std::vector<StyleItem>& styles, bool starts);

/// Rows of numbers, as even as they come.
void add_style_numbers(Keyboard& keyboard, std::vector<Button> numbers);

}  // namespace aisha::bot
