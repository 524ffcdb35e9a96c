// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/card.hpp"

#include <fmt/core.h>

#include "base/encoding.hpp"
#include "domain/picture.hpp"

namespace aisha::bot {
namespace {

std::string short_hash(const std::string& bytes) {
  return encoding::sha256_hex(bytes).substr(0, 16);
}

std::string key(const photo::Sheet& sheet) {
  std::string out = fmt::format("sheet/{}", domain::stored_name(sheet.kind));
  std::string words;
  for (const photo::Cell& cell : sheet.cells) {
    out += fmt::format("/{}.{}{}{}", cell.style, cell.badge, cell.locked ? "L" : "", cell.popular ? "P" : "");
    words += cell.price + "\x1f" + cell.label;
  }
  return words.size() == sheet.cells.size() ? out : out + "/" + short_hash(words);
}
std::string key(const photo::Preview& preview) {
  return fmt::format("preview/{}/{}{}", domain::stored_name(preview.kind), preview.style,
                     preview.waiting.empty() ? "" : "/" + short_hash(preview.waiting));
}
std::string key(const photo::Result& result) {
  return domain::result_photo_key(result.generation);
}
std::string key(const photo::Shared& shared) {
  return domain::shared_photo_key(shared.generation);
}
std::string key(const photo::Deleted&) {
  return "deleted";
}
std::string key(const photo::OwnSheet& sheet) {
  std::string ids;
  for (const Uuid& id : sheet.pictures) {
    ids += id.to_string();
  }
  return "own/" + short_hash(ids);
}
std::string key(const photo::Faces& faces) {
  std::string photos;
  for (const photo::Faces::Face& face : faces.faces) {
    photos += face.photo + '\n';
  }
  return "faces/" + short_hash(photos);
}
std::string key(const photo::Chart& chart) {
  std::string figures(domain::stored_name(chart.kind));
  for (const std::int64_t column : chart.columns) {
    figures += fmt::format(",{}", column);
  }
  figures += fmt::format(":{}", chart.lit);
  for (const photo::Chart::Bar& bar : chart.bars) {
    figures += fmt::format("/{}.{}", bar.style, bar.n);
  }
  return "chart/" + short_hash(figures);
}
std::string key(const photo::Drawing& drawing) {
  return std::string(photo::name_of(drawing.subject));
}

}  // namespace

std::string_view photo::name_of(Subject subject) {
  switch (subject) {
    case Subject::waiting: return "waiting";
    case Subject::problem: return "problem";
    case Subject::help: return "help";
    case Subject::settings: return "settings";
    case Subject::words: break;
  }
  return "words";
}

std::string key_of(const Photo& photo) {
  return std::visit([](const auto& shown) { return key(shown); }, photo);
}

std::string caption_hash(const texts::RichText& caption) {
  std::string bytes = caption.text;
  for (const texts::Span& span : caption.spans) {
    bytes += fmt::format("\x1f{}.{}.{}", static_cast<int>(span.look), span.offset, span.length);
  }
  return short_hash(bytes);
}

std::string keyboard_hash(const Keyboard& keyboard) {
  std::string bytes;
  for (const Row& row : keyboard) {
    for (const Button& button : row) {
      bytes += fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}\x1e", button.text, button.data, button.copy, button.chosen_chat,
                           static_cast<int>(button.look));
    }
    bytes += '\n';
  }
  return short_hash(bytes);
}

}  // namespace aisha::bot
