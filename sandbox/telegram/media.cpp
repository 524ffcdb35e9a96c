// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/media.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/methods.hpp"

namespace aisha::sandbox::telegram {
namespace {

std::string_view type_name(Message::Kind kind) {
  return kind == Message::Kind::photo ? "Photo" : "Document";
}

bool base64url_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::unexpected<Refusal> bad_file_id(std::string_view id) {
  if (id.size() < 10 || !base64url_text(id)) {
    return refuse("Wrong file identifier/HTTP URL specified");
  }
  return refuse(id.size() % 4 == 1 ? "Wrong remote file identifier specified: Wrong padding length"
                                   : "Wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
}

Checked<Media> by_file_id(Bot& bot, Message::Kind kind, const std::string& id) {
  const auto found = bot.files.find(id);
  if (found == bot.files.end()) {
    return bad_file_id(id);
  }
  const bool photo = found->second.type == StoredFile::Type::photo;
  if (photo != (kind == Message::Kind::photo)) {
    return refuse(fmt::format("Can't use file of type {} as {}", photo ? "Photo" : "Document", type_name(kind)));
  }
  Media media{kind, {}, nullptr};
  media.known = photo ? found->second.ladder : std::vector{id};
  return media;
}

Checked<Media> check_upload(Message::Kind kind, const FileFacts& file) {
  if (file.size == 0) {
    return refuse("File must be non-empty");
  }
  if (kind == Message::Kind::document) {
    if (file.size > limit("document_bytes")) {
      return refuse("Request Entity Too Large", 413);
    }
    return Media{kind, {}, &file};
  }
  if (file.size > limit("photo_bytes")) {
    return refuse(fmt::format("File of size {} bytes is too big for a photo; the maximum size is {} bytes", file.size,
                              limit("photo_bytes")));
  }
  if (file.ladder.empty()) {
    return refuse("IMAGE_PROCESS_FAILED");
  }
  const int longer = std::max(file.width, file.height);
  const int shorter = std::min(file.width, file.height);
  if (file.width + file.height > limit("photo_sides") || longer > shorter * limit("photo_ratio")) {
    return refuse("PHOTO_INVALID_DIMENSIONS");
  }
  return Media{kind, {}, &file};
}

std::string extension_of(std::string_view name, std::string_view fallback) {
  const std::size_t dot = name.rfind('.');
  const std::string_view tail = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  return std::string(tail.empty() || tail.size() > 8 || !base64url_text(tail) ? fallback : tail);
}

std::string new_file(Core& core, Bot& bot, StoredFile file) {
  const bool photo = file.type == StoredFile::Type::photo;
  file.file_id = (photo ? "AgACAgIA" : "BQACAgIA") + core.draw_text("file_id", 30);
  file.unique_id =
      (photo ? "AQAD" : "AgAD") + encoding::base64url(encoding::from_hex(file.sha256).value_or("")).substr(0, 12);
  const auto number = bot.files.size();
  file.path = photo ? fmt::format("photos/file_{}.jpg", number)
                    : fmt::format("documents/file_{}.{}", number, extension_of(file.name, "bin"));
  std::string id = file.file_id;
  bot.files.emplace(id, std::move(file));
  return id;
}

}  // namespace

Checked<Media> find_media(Context& context, Message::Kind kind, std::string_view field, const std::string& value) {
  const FileFacts* upload = nullptr;
  if (value.starts_with("attach://")) {
    upload = context.call.file(value.substr(9));
  } else if (!value.empty()) {
    // The server's rule: a text is an address exactly when it holds a dot.
    if (value.find('.') != std::string::npos) {
      return refuse("Failed to get HTTP URL content");
    }
    return by_file_id(context.bot, kind, value);
  } else {
    upload = context.call.file(field);
  }
  if (upload == nullptr) {
    return refuse(field == "media" ? std::string("Can't parse InputMedia: media not found")
                                   : fmt::format("There is no {} in the request", field));
  }
  return check_upload(kind, *upload);
}

Checked<InputMedia> read_input_media(Context& context, const json::Object& value) {
  const Params inner(value);
  const std::string& type = inner.text("type");
  if (type != "photo" && type != "document") {
    return refuse("Can't parse InputMedia: invalid media type specified");
  }
  const Message::Kind kind = type == "photo" ? Message::Kind::photo : Message::Kind::document;
  if (inner.text("media").empty()) {
    return refuse("Can't parse InputMedia: media not found");
  }
  auto media = find_media(context, kind, "media", inner.text("media"));
  if (!media) {
    return std::unexpected(media.error());
  }
  auto caption = checked_text(inner, true);
  if (!caption) {
    return std::unexpected(caption.error());
  }
  return InputMedia{std::move(*media), std::move(*caption), inner.flag("has_spoiler"),
                    inner.flag("show_caption_above_media")};
}

std::vector<std::string> store_upload(Core& core, Bot& bot, Message::Kind kind, const FileFacts& facts) {
  std::vector<std::string> ids;
  if (kind == Message::Kind::document) {
    StoredFile file;
    file.name = facts.name;
    file.mime = facts.type;
    file.size = facts.size;
    file.sha256 = facts.sha256;
    ids.push_back(new_file(core, bot, std::move(file)));
    return ids;
  }
  for (const LadderStep& step : facts.ladder) {
    StoredFile file;
    file.type = StoredFile::Type::photo;
    file.mime = "image/jpeg";
    file.size = step.size;
    file.width = step.width;
    file.height = step.height;
    file.sha256 = step.sha256;
    ids.push_back(new_file(core, bot, std::move(file)));
  }
  for (const std::string& id : ids) {
    bot.files.at(id).ladder = ids;
  }
  return ids;
}

std::vector<std::string> store_media(Core& core, Bot& bot, const Media& media) {
  return media.upload == nullptr ? media.known : store_upload(core, bot, media.kind, *media.upload);
}

Outcome get_file(Context& context) {
  context.changed = false;
  const std::string& id = context.params().text("file_id");
  if (id.empty()) {
    return refuse("file_id is not specified");
  }
  const auto found = context.bot.files.find(id);
  if (found == context.bot.files.end()) {
    return refuse(base64url_text(id) && id.size() >= 10 ? "Wrong file_id or the file is temporarily unavailable"
                                                        : "Invalid file_id");
  }
  const StoredFile& file = found->second;
  if (file.size > limit("get_file")) {
    return refuse("File is too big");
  }
  return json::Object{{"file_id", file.file_id},
                      {"file_unique_id", file.unique_id},
                      {"file_size", file.size},
                      {"file_path", file.path}};
}

}  // namespace aisha::sandbox::telegram
