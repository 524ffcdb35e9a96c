// SPDX-License-Identifier: Apache-2.0
#include "chat_json.hpp"

#include <fmt/format.h>

namespace aisha::bench {
namespace {

std::string person_json(std::int64_t id) {
  return fmt::format(
      R"({{"id":{},"is_bot":false,"first_name":"Мария","last_name":"П","username":"user{}","language_code":"ru"}})", id,
      id);
}

std::string chat_json(std::int64_t id) {
  return fmt::format(R"({{"id":{},"first_name":"Мария","last_name":"П","username":"user{}","type":"private"}})", id,
                     id);
}

}  // namespace

std::string start_update(std::int64_t update, std::int64_t message_id, std::int64_t person) {
  return fmt::format(R"({{"update_id":{},"message":{{"message_id":{},"from":{},"chat":{},"date":1767225600,)"
                     R"("text":"/start","entities":[{{"offset":0,"length":6,"type":"bot_command"}}]}}}})",
                     update, message_id, person_json(person), chat_json(person));
}

std::string press_update(std::int64_t update, const std::string& callback_id, std::int64_t person,
                         const std::string& message, const std::string& data) {
  return fmt::format(R"({{"update_id":{},"callback_query":{{"id":"{}","from":{},"message":{},"chat_instance":"-47{}",)"
                     R"("data":{}}}}})",
                     update, callback_id, person_json(person), message, person, json::serialize(json::Value(data)));
}

std::string bot_message(std::int64_t message_id, std::int64_t person, const json::Value& markup) {
  const std::string sizes =
      fmt::format(R"([{{"file_id":"s{0}","file_unique_id":"us{0}","file_size":1600,"width":90,"height":120}},)"
                  R"({{"file_id":"m{0}","file_unique_id":"um{0}","file_size":16000,"width":320,"height":427}},)"
                  R"({{"file_id":"w{0}","file_unique_id":"uw{0}","file_size":160000,"width":960,"height":1280}}])",
                  person);
  return fmt::format(R"({{"message_id":{},"from":{},"chat":{},"date":1767225600,"photo":{},"caption":"Выберите стиль",)"
                     R"("reply_markup":{}}})",
                     message_id, kMe, chat_json(person), sizes,
                     markup.is_object() ? json::serialize(markup) : R"({"inline_keyboard":[]})");
}

json::Value markup_of(const json::Object& parameters) {
  const auto* markup = parameters.if_contains("reply_markup");
  if (markup == nullptr) {
    return {};
  }
  return markup->is_string() ? json::parse(markup->get_string()).value_or(json::Value{}) : *markup;
}

std::vector<std::string> buttons_of(const json::Value& markup) {
  std::vector<std::string> out;
  const auto* rows = markup.is_object() ? markup.get_object().if_contains("inline_keyboard") : nullptr;
  if (rows == nullptr) {
    return out;
  }
  for (const auto& row : rows->as_array()) {
    for (const auto& item : row.as_array()) {
      if (const auto* data = item.as_object().if_contains("callback_data")) {
        out.emplace_back(data->as_string());
      }
    }
  }
  return out;
}

std::int64_t integer(const json::Object& parameters, const char* key) {
  const auto* value = parameters.if_contains(key);
  if (value == nullptr) {
    return 0;
  }
  return value->is_string() ? std::stoll(std::string(value->get_string())) : value->to_number<std::int64_t>();
}

}  // namespace aisha::bench
