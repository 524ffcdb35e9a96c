// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/telegram/core.hpp"

namespace aisha::sandbox::telegram {

/// A checked photo or document of a call: either known files of the bot or an upload still to be stored.
struct Media {
  Message::Kind kind = Message::Kind::photo;
  std::vector<std::string> known;
  const FileFacts* upload = nullptr;  ///< belongs to the call
};

/// `value` is what the field holds ("attach://part", a file_id, a URL or ""), `field` its name ("photo", "document").
Checked<Media> find_media(Context& context, Message::Kind kind, std::string_view field, const std::string& value);
/// One InputMedia of editMessageMedia or sendMediaGroup, checked.
struct InputMedia {
  Media media;
  FormattedText caption;
  bool spoiler = false;
  bool caption_above = false;
};
Checked<InputMedia> read_input_media(Context& context, const json::Object& value);
/// Gives an upload its file ids. Cannot fail; done last, when nothing else can refuse the call.
std::vector<std::string> store_media(Core& core, Bot& bot, const Media& media);
/// File ids for bytes that a person sent.
std::vector<std::string> store_upload(Core& core, Bot& bot, Message::Kind kind, const FileFacts& file);
/// getFile
Outcome get_file(Context& context);

}  // namespace aisha::sandbox::telegram
