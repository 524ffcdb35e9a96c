// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "sandbox/telegram/errors.hpp"
#include "sandbox/telegram/params.hpp"

namespace aisha::sandbox::telegram {

/// One MessageEntity; offset and length in UTF-16 code units.
struct Entity {
  std::string type;
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string url;              ///< text_link
  std::string language;         ///< pre
  std::string custom_emoji_id;  ///< custom_emoji
  std::int64_t user = 0;        ///< text_mention by tg://user?id=

  bool operator==(const Entity&) const = default;
};

struct FormattedText {
  std::string text;
  std::vector<Entity> entities;

  bool operator==(const FormattedText&) const = default;
};

/// `parse_mode=HTML`. Refusals read "Can't parse entities: ..." with the byte offsets of the input.
Checked<FormattedText> parse_html(std::string_view text);
/// `parse_mode=MarkdownV2`.
Checked<FormattedText> parse_markdown(std::string_view text);

/// Where a text stands in a call, and what it may be.
struct TextField {
  std::string_view name = "text";               ///< or "caption"
  std::string_view entities_name = "entities";  ///< or "caption_entities"
  std::string_view mode_name = "parse_mode";
};

/// Text of a call by parse mode or explicit entities: UTF-8 checked, entities validated and sorted, blank edges
/// trimmed. The text may be empty.
Checked<FormattedText> read_text(const Params& params, const TextField& field);

/// Adds bot_command, url and mention entities where no other entity stands.
void detect_entities(FormattedText& text);

json::Array entities_json(const std::vector<Entity>& entities);

}  // namespace aisha::sandbox::telegram
