// SPDX-License-Identifier: Apache-2.0
#include "crowd.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/dispatch/callback_data.hpp"

namespace aisha::bench {
namespace {

constexpr std::int64_t kFirstPerson = 5'000'001;
constexpr auto kWordsOnlyAfter = std::chrono::seconds(1);

std::string person_json(std::int64_t id) {
  return fmt::format(
      R"({{"id":{},"is_bot":false,"first_name":"Мария","last_name":"П","username":"user{}","language_code":"ru"}})", id,
      id);
}

std::string chat_json(std::int64_t id) {
  return fmt::format(R"({{"id":{},"first_name":"Мария","last_name":"П","username":"user{}","type":"private"}})", id,
                     id);
}

double ms_between(Crowd::Time from, Crowd::Time to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

std::int64_t integer(const json::Object& object, const char* key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr) {
    return 0;
  }
  return value->is_string() ? std::stoll(std::string(value->get_string())) : value->to_number<std::int64_t>();
}

/// Screens that a person walks through without ordering or removing anything.
bool is_walk(const std::string& data) {
  using namespace bot;
  const auto decoded = bot::decode(data);
  return decoded && std::visit(
                        []<Route R>(const R&) {
                          return std::is_same_v<R, frame::Home> || std::is_same_v<R, create::Open> ||
                                 std::is_same_v<R, create::Category> || std::is_same_v<R, create::Style> ||
                                 std::is_same_v<R, prompt::Ask> || std::is_same_v<R, settings::Open> ||
                                 std::is_same_v<R, settings::Languages> || std::is_same_v<R, help::Open>;
                        },
                        *decoded);
}

}  // namespace

Crowd::Crowd(int people, int presses) : presses_(presses) {
  for (std::int64_t id = kFirstPerson; id < kFirstPerson + people; ++id) {
    people_[id].id = id;
    const std::int64_t update = next_update_++;
    queue_.emplace_back(
        id, fmt::format(
                R"({{"update_id":{},"message":{{"message_id":{},"from":{},"chat":{},"date":1767225600,"text":"/start",)"
                R"("entities":[{{"offset":0,"length":6,"type":"bot_command"}}]}}}})",
                update, next_message_++, person_json(id), chat_json(id)));
  }
}

std::vector<std::string> Crowd::take(std::size_t limit, Time now) {
  std::vector<std::string> out;
  while (!queue_.empty() && out.size() < limit) {
    auto [id, text] = std::move(queue_.front());
    queue_.pop_front();
    people_[id].since = now;
    out.push_back(std::move(text));
  }
  return out;
}

bool Crowd::ready() const {
  return std::ranges::all_of(people_, [](const auto& entry) { return !entry.second.keyboard.empty(); });
}

void Crowd::begin() {
  begun_ = true;
  for (auto& [id, person] : people_) {
    press(person);
  }
}

// Each person takes the free buttons of a screen in turns, from another start than the neighbours: so all screens are
// seen and every run sees them alike.
void Crowd::press(Person& person) {
  if (asked_ >= presses_ || person.keyboard.empty()) {
    return;
  }
  ++asked_;
  const std::size_t turn = static_cast<std::size_t>(person.id) * 7 + static_cast<std::size_t>(person.steps++) * 5;
  const std::string& data = person.keyboard[turn % person.keyboard.size()];
  const std::int64_t update = next_update_++;
  person.callback_id = std::to_string(4'000'000'000'000'000 + update);
  person.waiting = true;
  person.answered = false;
  person.shown = false;
  callbacks_[person.callback_id] = person.id;
  queue_.emplace_back(
      person.id,
      fmt::format(R"({{"update_id":{},"callback_query":{{"id":"{}","from":{},"message":{},"chat_instance":"-47{}",)"
                  R"("data":{}}}}})",
                  update, person.callback_id, person_json(person.id), message(person, person.card), person.id,
                  json::serialize(json::Value(data))));
}

std::string Crowd::message(const Person& person, std::int64_t id) const {
  const std::string sizes =
      fmt::format(R"([{{"file_id":"s{0}","file_unique_id":"us{0}","file_size":1600,"width":90,"height":120}},)"
                  R"({{"file_id":"m{0}","file_unique_id":"um{0}","file_size":16000,"width":320,"height":427}},)"
                  R"({{"file_id":"w{0}","file_unique_id":"uw{0}","file_size":160000,"width":960,"height":1280}}])",
                  person.id);
  return fmt::format(
      R"({{"message_id":{},"from":{{"id":7000000001,"is_bot":true,"first_name":"Aisha","username":"aisha_bot"}},)"
      R"("chat":{},"date":1767225600,"photo":{},"caption":"Выберите стиль","reply_markup":{}}})",
      id, chat_json(person.id), sizes,
      person.markup.is_object() ? json::serialize(person.markup) : R"({"inline_keyboard":[]})");
}

void Crowd::look_at(Person& person, const json::Object& parameters) {
  person.keyboard.clear();
  person.markup = {};
  const auto* markup = parameters.if_contains("reply_markup");
  if (markup == nullptr) {
    return;
  }
  person.markup = *markup;
  if (markup->is_string()) {
    person.markup = json::parse(markup->get_string()).value_or(json::Value{});
  }
  const auto* rows = person.markup.is_object() ? person.markup.get_object().if_contains("inline_keyboard") : nullptr;
  if (rows == nullptr) {
    return;
  }
  for (const auto& row : rows->as_array()) {
    for (const auto& item : row.as_array()) {
      if (const auto* data = item.as_object().if_contains("callback_data")) {
        std::string press(data->as_string());
        if (is_walk(press)) {
          person.keyboard.push_back(std::move(press));
        }
      }
    }
  }
}

std::string Crowd::called(const std::string& method, const json::Object& parameters, Time now) {
  ++calls_[method];
  if (method == "getMe") {
    return R"({"id":7000000001,"is_bot":true,"first_name":"Aisha","username":"aisha_bot"})";
  }
  if (method == "answerCallbackQuery") {
    const auto found = callbacks_.find(std::string(parameters.at("callback_query_id").as_string()));
    if (found != callbacks_.end()) {
      Person& person = people_[found->second];
      callbacks_.erase(found);
      person.answered = true;
      answer_times_.push_back(ms_between(person.since, now));
      check(person, now);
    }
    return "true";
  }
  const bool sends = method.starts_with("send") && method != "sendChatAction";
  const auto person_at = people_.find(integer(parameters, "chat_id"));
  if ((!sends && !method.starts_with("editMessage")) || person_at == people_.end()) {
    return "true";
  }
  Person& person = person_at->second;
  const std::int64_t id = sends ? next_message_++ : integer(parameters, "message_id");
  if (sends || id == person.card) {
    look_at(person, parameters);
    person.card = id;
    person.shown = true;
  }
  std::string result = message(person, id);
  check(person, now);
  return result;
}

void Crowd::check(Person& person, Time now) {
  if (person.waiting && person.answered && person.shown) {
    whole_times_.push_back(ms_between(person.since, now));
    finish(person, now);
  }
}

void Crowd::settle(Time now) {
  for (auto& [id, person] : people_) {
    if (person.waiting && person.answered && now - person.since > kWordsOnlyAfter) {
      ++words_only_;
      finish(person, now);
    }
  }
}

void Crowd::finish(Person& person, Time) {
  person.waiting = false;
  ++done_;
  press(person);
}

}  // namespace aisha::bench
