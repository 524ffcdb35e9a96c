// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/uuid.hpp"
#include "domain/avatar.hpp"
#include "texts/rich_text.hpp"

namespace aisha::bot {

/// Bot API limits, in UTF-16 units where they count text.
inline constexpr std::size_t kCaptionMax = 1024;
inline constexpr std::size_t kToastMax = 200;
inline constexpr std::size_t kCopyTextMax = 256;

/// What a card's photo shows. Equal values are the same picture, so one upload serves all of them.
namespace photo {

/// One cell of a sheet; `badge` is the digit on it, "" = none.
struct Cell {
  std::string style;
  std::string badge;
  bool locked = false;
  bool popular = false;
  std::string price;  ///< of a style that costs more than the others of its sheet, else ""
  std::string label;  ///< its name, "" = none
  bool operator==(const Cell&) const = default;
};
/// Previews side by side, drawn for avatars of one kind.
struct Sheet {
  std::vector<Cell> cells;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  bool operator==(const Sheet&) const = default;
};
/// One style's preview; with `waiting` it is greyed and these words stand on it.
struct Preview {
  std::string style;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::string waiting;
  bool operator==(const Preview&) const = default;
};
/// A finished picture of the person.
struct Result {
  Uuid generation;
  bool operator==(const Result&) const = default;
};
/// The same for whoever came by its link.
struct Shared {
  Uuid generation;
  Uuid owner;
  bool operator==(const Shared&) const = default;
};
/// The neutral picture where a removed one was.
struct Deleted {
  bool operator==(const Deleted&) const = default;
};
/// Own pictures side by side, numbered from 1. What they are decides what is uploaded, not where it is shown.
struct OwnSheet {
  std::vector<Uuid> pictures;  ///< nil = one that cannot be shown
  std::string scope;           ///< "day:2026-01-15", "list", "bin": what the upload is forgotten with
  bool operator==(const OwnSheet&) const = default;
};
/// Faces of avatars side by side, numbered from 1.
struct Faces {
  struct Face {
    std::string photo;  ///< domain::Avatar::photo; "" = a neutral one
    bool operator==(const Face&) const = default;
  };
  std::vector<Face> faces;
  bool operator==(const Faces&) const = default;
};
/// Columns with their numbers above them; below the most used styles with their previews, bars and numbers.
struct Chart {
  struct Bar {
    std::string style;  ///< "" = own prompts
    std::int64_t n = 0;
    bool operator==(const Bar&) const = default;
  };
  std::vector<std::int64_t> columns;
  std::int64_t lit = 0;  ///< so many of the last columns are bright
  std::vector<Bar> bars;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  bool operator==(const Chart&) const = default;
};
/// A quiet drawing for what is no style's: own words, waiting for them, trouble, help, settings.
enum class Subject : std::uint8_t { words, waiting, problem, help, settings };
struct Drawing {
  Subject subject = Subject::words;
  bool operator==(const Drawing&) const = default;
};
/// Its name: that of its file in data/previews.
std::string_view name_of(Subject subject);

}  // namespace photo

using Photo = std::variant<photo::Sheet, photo::Preview, photo::Result, photo::Deleted, photo::Drawing, photo::OwnSheet,
                           photo::Faces, photo::Chart, photo::Shared>;

/// Identity of what is drawn, without the version of the drawings.
std::string key_of(const Photo& photo);

enum class ButtonLook : std::uint8_t { plain, primary, danger };

/// Exactly one of `data`, `copy` and `chosen_chat` is set.
struct Button {
  std::string text;
  std::string data = {};         ///< callback data
  std::string copy = {};         ///< text that the client copies
  std::string chosen_chat = {};  ///< inline query for a chat that the person chooses
  ButtonLook look = ButtonLook::plain;
};

using Row = std::vector<Button>;
using Keyboard = std::vector<Row>;

/// One screen: a photo, its caption, its buttons. The caption never passes kCaptionMax.
struct Card {
  Photo photo;
  texts::RichText caption;
  Keyboard keyboard;
};

/// Short hashes by which the presenter knows what changed.
std::string caption_hash(const texts::RichText& caption);
std::string keyboard_hash(const Keyboard& keyboard);

}  // namespace aisha::bot
