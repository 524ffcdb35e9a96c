// SPDX-License-Identifier: Apache-2.0
// What one press of a button costs before and after our own logic: bytes -> update, answer -> request bytes.
#include <benchmark/benchmark.h>

#include <string>

#include "base/json.hpp"
#include "telegram/api_types.hpp"
#include "telegram/methods.hpp"
#include "telegram/update_head.hpp"

namespace {

using namespace aisha;

std::string button(const std::string& text, const std::string& data) {
  return R"({"text":")" + text + R"(","callback_data":")" + data + "\"}";
}

/// A press on a photo card with a keyboard of ten, about 1.8 KB, fields in Telegram's order.
std::string callback_update() {
  std::string photo;
  for (const char* size : {"90,\"height\":120", "240,\"height\":320", "600,\"height\":800", "960,\"height\":1280"}) {
    photo += (photo.empty() ? "" : ",") +
             std::string(
                 R"({"file_id":"AgACAgIAAxkBAAIBQmVfZ0AAAUx5mXh3bQABq2pVd1n4Z9sAAtvRMRt","file_unique_id":"AQAD29E")") +
             R"(,"file_size":1634,"width":)" + size + "}";
  }
  std::string rows;
  for (int i = 0; i < 5; ++i) {
    const std::string n = std::to_string(i);
    rows += (rows.empty() ? "[" : ",[") + button("Деловой портрет " + n, "v1:g:business-" + n + ":a1b2") + "," +
            button("Подробнее " + n, "v1:s:business-" + n) + "]";
  }
  return R"({"update_id":912345678,"callback_query":{"id":"1234567890123456789","from":{"id":279058397,"is_bot":false,)"
         R"("first_name":"Владислав","last_name":"К","username":"vdk","language_code":"ru","is_premium":true},)"
         R"("message":{"message_id":4711,"from":{"id":7000000001,"is_bot":true,"first_name":"Aisha","username":"aisha_bot"},)"
         R"("chat":{"id":279058397,"first_name":"Владислав","last_name":"К","username":"vdk","type":"private"},)"
         R"("date":1767225600,"edit_date":1767225700,"photo":[)" +
         photo +
         R"(],"caption":"Создать портрет\nВыберите стиль, готово будет примерно через 10 секунд.\nУ вас 25 монет.",)"
         R"("caption_entities":[{"offset":0,"length":15,"type":"bold"}],"reply_markup":{"inline_keyboard":[)" +
         rows + R"(]}},"chat_instance":"-4711081508150815","data":"v1:g:business-1:a1b2"}})";
}

void decode_callback(benchmark::State& state) {
  const std::string text = callback_update();
  for (auto _ : state) {
    auto update = json::decode<telegram::Update>(std::string_view(text));
    if (!update) {
      state.SkipWithError("the update does not decode");
      break;
    }
    benchmark::DoNotOptimize(update);
  }
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(decode_callback);

void parse_callback_only(benchmark::State& state) {
  const std::string text = callback_update();
  for (auto _ : state) {
    auto value = json::parse(text);
    benchmark::DoNotOptimize(value);
  }
}
BENCHMARK(parse_callback_only);

void cut_batch_of_32(benchmark::State& state) {
  std::string answer = R"({"ok":true,"result":[)";
  for (int i = 0; i < 32; ++i) {
    answer += (i == 0 ? "" : ",") + callback_update();
  }
  answer += "]}";
  for (auto _ : state) {
    auto updates = telegram::cut_updates(answer);
    benchmark::DoNotOptimize(updates);
  }
}
BENCHMARK(cut_batch_of_32);

void encode_edit_media(benchmark::State& state) {
  const auto update = json::decode<telegram::Update>(std::string_view(callback_update()));
  telegram::EditMessageCaption parameters;
  parameters.chat_id = 279058397;
  parameters.message_id = 4711;
  parameters.caption = *update->callback_query->message->caption;
  parameters.caption_entities = *update->callback_query->message->caption_entities;
  parameters.reply_markup = update->callback_query->message->reply_markup;
  for (auto _ : state) {
    std::string body = json::encode_text(parameters);
    benchmark::DoNotOptimize(body);
  }
}
BENCHMARK(encode_edit_media);

}  // namespace
