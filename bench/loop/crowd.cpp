// SPDX-License-Identifier: Apache-2.0
#include "crowd.hpp"

#include <algorithm>

#include "bot/dispatch/callback_data.hpp"
#include "chat_json.hpp"

namespace aisha::bench {
namespace {

constexpr std::int64_t kFirstPerson = 5'000'001;
constexpr auto kWordsOnlyAfter = std::chrono::seconds(1);

double ms_between(Crowd::Time from, Crowd::Time to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
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

Crowd::Crowd(int people, int in_flight, int presses) : in_flight_(std::min(people, in_flight)), presses_(presses) {
  for (std::int64_t id = kFirstPerson; id < kFirstPerson + people; ++id) {
    people_[id].id = id;
    queue_.emplace_back(id, start_update(next_update_++, next_message_++, id));
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
  for (const auto& [id, person] : people_) {
    resting_.push_back(id);
  }
  for (int i = 0; i < in_flight_; ++i) {
    press_next();
  }
}

void Crowd::press_next() {
  if (asked_ >= presses_ || resting_.empty()) {
    return;
  }
  const std::int64_t id = resting_.front();
  resting_.pop_front();
  press(people_.at(id));
}

// Each person takes the free buttons of a screen in turns, from another start than the neighbours: so all screens are
// seen and every run sees them alike.
void Crowd::press(Person& person) {
  if (person.keyboard.empty()) {
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
  const std::string message = bot_message(person.card, person.id, person.markup);
  queue_.emplace_back(person.id, press_update(update, person.callback_id, person.id, message, data));
}

void Crowd::look_at(Person& person, const json::Object& parameters) {
  person.markup = markup_of(parameters);
  person.keyboard = buttons_of(person.markup);
  std::erase_if(person.keyboard, [](const std::string& data) { return !is_walk(data); });
}

std::string Crowd::called(const std::string& method, const json::Object& parameters, std::string_view, Time now) {
  ++calls_[method];
  if (method == "getMe") {
    return kMe;
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
  std::string result = bot_message(id, person.id, person.markup);
  check(person, now);
  return result;
}

void Crowd::check(Person& person, Time now) {
  if (person.waiting && person.answered && person.shown) {
    whole_times_.push_back(ms_between(person.since, now));
    finish(person);
  }
}

void Crowd::settle(Time now) {
  for (auto& [id, person] : people_) {
    if (person.waiting && person.answered && now - person.since > kWordsOnlyAfter) {
      ++words_only_;
      finish(person);
    }
  }
}

void Crowd::finish(Person& person) {
  person.waiting = false;
  ++done_;
  resting_.push_back(person.id);
  press_next();
}

}  // namespace aisha::bench
