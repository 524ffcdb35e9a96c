// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/entities.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <tuple>

#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/utf.hpp"

namespace aisha::sandbox::telegram {
namespace {

std::string member_text(const json::Object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

Checked<std::int64_t> member_integer(const json::Object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  if (found == nullptr) {
    return refuse(fmt::format("Can't parse entities: can't find field \"{}\"", key));
  }
  boost::system::error_code ec;
  const auto value = found->to_number<std::int64_t>(ec);
  if (ec) {
    return refuse(fmt::format("Can't parse entities: field \"{}\" must be a Number", key));
  }
  return value;
}

Checked<Entity> read_entity(const json::Value& value, std::string_view text) {
  if (!value.is_object()) {
    return refuse("Can't parse entities: MessageEntity must be an Object");
  }
  const json::Object& object = value.get_object();
  const auto offset = member_integer(object, "offset");
  const auto length = offset ? member_integer(object, "length") : offset;
  if (!length) {
    return std::unexpected(length.error());
  }
  if (*offset < 0) {
    return refuse(fmt::format("Receive an entity with incorrect offset {}", *offset));
  }
  if (*length < 0 || *length > 1'000'000) {
    return refuse(fmt::format("Receive an entity with incorrect length {}", *length));
  }
  Entity entity{member_text(object, "type"),
                static_cast<std::size_t>(*offset),
                static_cast<std::size_t>(*length),
                member_text(object, "url"),
                member_text(object, "language"),
                member_text(object, "custom_emoji_id"),
                0};
  const std::size_t whole = utf16_length(text);
  if (entity.offset + entity.length > whole) {
    return refuse(fmt::format("Entity beginning at UTF-16 offset {} ends after the end of the text at UTF-16 offset {}",
                              entity.offset, whole));
  }
  for (const bool end : {false, true}) {
    if (!byte_of_utf16(text, entity.offset + (end ? entity.length : 0))) {
      return refuse(fmt::format("Entity beginning at UTF-16 offset {} {} in a middle of a UTF-16 symbol", entity.offset,
                                end ? "ends" : "begins"));
    }
  }
  return entity;
}

bool blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/// Trims both edges and moves the entities along.
void trim(FormattedText& text) {
  std::size_t end = text.text.size();
  while (end > 0 && blank(text.text[end - 1])) {
    --end;
  }
  std::size_t begin = 0;
  while (begin < end && blank(text.text[begin])) {
    ++begin;
  }
  text.text = text.text.substr(begin, end - begin);
  const std::size_t whole = utf16_length(text.text);
  for (Entity& entity : text.entities) {
    const std::size_t stop = std::min(entity.offset + entity.length, begin + whole);
    const std::size_t start = std::max(entity.offset, begin);
    entity.length = stop > start ? stop - start : 0;
    entity.offset = start - begin;
  }
  std::erase_if(text.entities, [](const Entity& entity) { return entity.length == 0; });
}

void sort_entities(std::vector<Entity>& entities) {
  std::ranges::sort(entities, [](const Entity& a, const Entity& b) {
    return std::tuple(a.offset, b.length, a.type) < std::tuple(b.offset, a.length, b.type);
  });
  if (entities.size() > limit("entities")) {
    entities.resize(limit("entities"));
  }
}

bool word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Bytes of a command, mention or link that begins at `at`, 0 = none.
std::size_t match_at(std::string_view text, std::size_t at, std::string& type) {
  const std::string_view rest = text.substr(at);
  std::size_t end = 1;
  if (rest.starts_with("https://") || rest.starts_with("http://")) {
    end = rest.find_first_of(" \n\t\"<>");
    end = end == std::string_view::npos ? rest.size() : end;
    while (end > 0 && std::string_view(".,!?)").find(rest[end - 1]) != std::string_view::npos) {
      --end;
    }
    type = "url";
    return rest.substr(0, end).find('.') == std::string_view::npos &&
                   rest.substr(0, end).find("localhost") == std::string_view::npos
               ? 0
               : end;
  }
  while (end < rest.size() && word(rest[end])) {
    ++end;
  }
  if (rest[0] == '/' && end > 1) {
    type = "bot_command";
    return end;
  }
  type = "mention";
  return rest[0] == '@' && end >= 5 ? end : 0;
}

}  // namespace

Checked<FormattedText> read_text(const Params& params, const TextField& field) {
  const std::string& raw = params.text(field.name);
  if (!valid_utf8(raw)) {
    return refuse("Strings must be encoded in UTF-8");
  }
  if (raw.size() > limit("text_raw")) {
    return refuse("Text is too long");
  }
  std::string mode = params.text(field.mode_name);
  std::ranges::transform(mode, mode.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  FormattedText text;
  if (mode == "html" || mode == "markdownv2") {
    auto parsed = mode == "html" ? parse_html(raw) : parse_markdown(raw);
    if (!parsed) {
      return parsed;
    }
    text = std::move(*parsed);
  } else if (!mode.empty() && mode != "none") {
    return refuse("Unsupported parse_mode");
  } else {
    text.text = raw;
    const auto listed = params.parsed(field.entities_name);
    if (listed && listed->is_array()) {
      for (const json::Value& item : listed->get_array()) {
        auto entity = read_entity(item, raw);
        if (!entity) {
          return std::unexpected(entity.error());
        }
        text.entities.push_back(std::move(*entity));
      }
    }
  }
  sort_entities(text.entities);
  trim(text);
  return text;
}

void detect_entities(FormattedText& text) {
  bool boundary = true;
  for (std::size_t at = 0; at < text.text.size();) {
    std::string type;
    const std::size_t length = boundary ? match_at(text.text, at, type) : 0;
    if (length == 0) {
      boundary = !word(text.text[at]) && text.text[at] != '/' && static_cast<unsigned char>(text.text[at]) < 0x80;
      ++at;
      continue;
    }
    const std::string_view whole = text.text;
    Entity found{type, utf16_length(whole.substr(0, at)), utf16_length(whole.substr(at, length)), {}, {}, {}, 0};
    const bool free = std::ranges::none_of(text.entities, [&found](const Entity& other) {
      return found.offset < other.offset + other.length && other.offset < found.offset + found.length;
    });
    if (free) {
      text.entities.push_back(std::move(found));
    }
    at += length;
    boundary = false;
  }
  sort_entities(text.entities);
}

json::Array entities_json(const std::vector<Entity>& entities) {
  json::Array out;
  for (const Entity& entity : entities) {
    json::Object item{{"offset", entity.offset}, {"length", entity.length}, {"type", entity.type}};
    if (!entity.url.empty()) {
      item["url"] = entity.url;
    }
    if (!entity.language.empty()) {
      item["language"] = entity.language;
    }
    if (!entity.custom_emoji_id.empty()) {
      item["custom_emoji_id"] = entity.custom_emoji_id;
    }
    out.emplace_back(std::move(item));
  }
  return out;
}

}  // namespace aisha::sandbox::telegram
