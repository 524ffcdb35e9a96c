// SPDX-License-Identifier: Apache-2.0
// The pure part of one press: update JSON -> event -> route -> screen -> request bytes. No database, no network.
#include <benchmark/benchmark.h>

#include "base/json.hpp"
#include "bot/cards/card_wire.hpp"
#include "bot/dispatch/callback_data.hpp"
#include "bot/dispatch/event.hpp"
#include "bot/features/create/screen.hpp"
#include "telegram/methods.hpp"
#include "telegram/update_head.hpp"
#include "texts/texts.hpp"

namespace {

using namespace aisha;

constexpr std::string_view kUpdate =
    R"({"update_id":851793012,"callback_query":{"id":"4382bfdwdsb323b2d9","from":{"id":1001,"is_bot":false,)"
    R"("first_name":"Анна","username":"anna","language_code":"ru"},"message":{"message_id":102,"from":{"id":7,)"
    R"("is_bot":true,"first_name":"Aisha"},"chat":{"id":1001,"first_name":"Анна","type":"private"},"date":1767225600,)"
    R"("photo":[{"file_id":"AgACAgIAAxkBAAI","file_unique_id":"AQAD","width":90,"height":60,"file_size":1234},)"
    R"({"file_id":"AgACAgIAAxkBAAJ","file_unique_id":"AQAE","width":1080,"height":718,"file_size":123456}],)"
    R"("caption":"🎨 Создание с основным аватаром","reply_markup":{"inline_keyboard":[[{"text":"1",)"
    R"("callback_data":"1g:office:3:5"},{"text":"2","callback_data":"1g:sunset:3:5"}],[{"text":"🎭 Портреты",)"
    R"("callback_data":"1k:portrait:0"}]]}},"chat_instance":"-2981234567890","data":"1k:portrait:0"}})";

bot::create::CategoryView category_view() {
  bot::create::CategoryView view;
  view.category = {"portrait", "🎭", "Портреты"};
  for (int i = 0; i < 9; ++i) {
    view.styles.push_back({.id = "business",
                           .icon = "🏢",
                           .title = "Деловой",
                           .description = "строгий портрет для резюме и деловых сетей",
                           .price = 5,
                           .popular = i == 0,
                           .premium = i == 8});
  }
  view.coins = 25;
  view.nonce = 3;
  return view;
}

std::string request_of(const bot::Card& card, std::int64_t chat_id, std::int64_t message_id) {
  telegram::EditMessageCaption edit;
  edit.chat_id = chat_id;
  edit.message_id = message_id;
  edit.caption = card.caption.text;
  edit.caption_entities = bot::wire::entities(card.caption.spans);
  edit.reply_markup = bot::wire::markup(card.keyboard);
  return json::encode_text(edit);
}

void parse_update(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(bot::parse_event(kUpdate));
  }
}
BENCHMARK(parse_update);

void head_of_update(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(telegram::update_head(kUpdate));
  }
}
BENCHMARK(head_of_update);

void draw_category(benchmark::State& state) {
  const texts::Texts texts("ru");
  const auto view = category_view();
  for (auto _ : state) {
    benchmark::DoNotOptimize(bot::create::category_card(texts, view));
  }
}
BENCHMARK(draw_category);

void write_request(benchmark::State& state) {
  const texts::Texts texts("ru");
  const bot::Card card = bot::create::category_card(texts, category_view());
  for (auto _ : state) {
    benchmark::DoNotOptimize(request_of(card, 1001, 102));
  }
}
BENCHMARK(write_request);

void hash_card(benchmark::State& state) {
  const texts::Texts texts("ru");
  const bot::Card card = bot::create::category_card(texts, category_view());
  for (auto _ : state) {
    benchmark::DoNotOptimize(bot::caption_hash(card.caption));
    benchmark::DoNotOptimize(bot::keyboard_hash(card.keyboard));
  }
}
BENCHMARK(hash_card);

void update_to_request(benchmark::State& state) {
  const texts::Texts texts("ru");
  for (auto _ : state) {
    const auto event = bot::parse_event(kUpdate);
    auto callback = bot::decode(event->data);
    benchmark::DoNotOptimize(callback);
    const bot::Card card = bot::create::category_card(texts, category_view());
    benchmark::DoNotOptimize(request_of(card, event->facts.chat_id, event->message_id));
  }
}
BENCHMARK(update_to_request);

}  // namespace
