// SPDX-License-Identifier: Apache-2.0
#include "app/serve/intake.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/json.hpp"

namespace aisha::app {
namespace {

/// The 63 bits of the text's hash below zero: no update_id is negative.
std::int64_t poison_key(std::string_view text) {
  const auto hash = encoding::sha256(text);
  std::int64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    key = (key << 8) | hash[i];
  }
  return (key & INT64_MAX) - INT64_MAX - 1;
}

const json::Object* object_at(const json::Object& parent, std::string_view key) {
  const auto* value = parent.if_contains(key);
  return value != nullptr ? value->if_object() : nullptr;
}

std::int64_t id_of(const json::Object* object) {
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  return id != nullptr && id->is_int64() ? id->get_int64() : 0;
}

/// The chat of the update; for an update without one its sender. 0 = neither.
std::int64_t lane_of(const json::Object& update) {
  for (const auto& member : update) {
    const auto* body = member.value().if_object();
    if (body == nullptr) {
      continue;
    }
    const auto* message = object_at(*body, "message");
    const std::int64_t chat = id_of(object_at(message != nullptr ? *message : *body, "chat"));
    return chat != 0 ? chat : id_of(object_at(*body, "from"));
  }
  return 0;
}

std::string kind_of(const json::Object& update) {
  for (const auto& member : update) {
    for (const char* kind : {"message", "edited_message", "callback_query", "my_chat_member"}) {
      if (member.key() == kind) {
        return kind;
      }
    }
  }
  return "other";
}

}  // namespace

services::RawUpdate intake(telegram::RawUpdate update) {
  services::RawUpdate raw;
  const auto value = json::parse_briefly(update.json);
  const auto* object = value ? value->if_object() : nullptr;
  raw.poison = !update.update_id || *update.update_id < 0 || object == nullptr;
  raw.key = raw.poison ? poison_key(update.json) : *update.update_id;
  raw.lane = object == nullptr ? 0 : lane_of(*object);
  raw.kind = object == nullptr ? "other" : kind_of(*object);
  raw.body = std::move(update.json);
  return raw;
}

std::vector<services::RawUpdate> intake(std::vector<telegram::RawUpdate> updates) {
  std::vector<services::RawUpdate> out;
  out.reserve(updates.size());
  std::ranges::transform(updates, std::back_inserter(out),
                         [](telegram::RawUpdate& update) { return intake(std::move(update)); });
  return out;
}

}  // namespace aisha::app
