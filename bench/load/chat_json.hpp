// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"

/// The Bot API's JSON as a chat with one person brings it. A chat's id is its person's.
namespace aisha::bench {

inline constexpr const char* kMe = R"({"id":7000000001,"is_bot":true,"first_name":"Aisha","username":"aisha_bot"})";

std::string start_update(std::int64_t update, std::int64_t message_id, std::int64_t person);
/// `message`: of `bot_message`.
std::string press_update(std::int64_t update, const std::string& callback_id, std::int64_t person,
                         const std::string& message, const std::string& data);
/// A message of the bot with a photo and `markup` (null: no buttons).
std::string bot_message(std::int64_t message_id, std::int64_t person, const json::Value& markup);

/// The markup of a call, or null.
json::Value markup_of(const json::Object& parameters);
/// Callback data of its buttons, row by row.
std::vector<std::string> buttons_of(const json::Value& markup);
/// A number that may stand as text (multipart); 0 when there is none.
std::int64_t integer(const json::Object& parameters, const char* key);

}  // namespace aisha::bench
