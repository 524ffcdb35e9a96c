// SPDX-License-Identifier: Apache-2.0
#include "sitters.hpp"

#include <algorithm>

#include "bot/dispatch/callback_data.hpp"
#include "chat_json.hpp"

namespace aisha::bench {
namespace {

/// How near to a picture a button leads; 0 = elsewhere.
int nearness(const std::string& data) {
  using namespace bot;
  const auto decoded = bot::decode(data);
  return !decoded                                             ? 0
         : std::holds_alternative<create::Generate>(*decoded) ? 4
         : std::holds_alternative<create::Style>(*decoded)    ? 3
         : std::holds_alternative<create::Category>(*decoded) ? 2
         : std::holds_alternative<create::Open>(*decoded)     ? 1
                                                              : 0;
}

}  // namespace

Sitters::Sitters(std::int64_t first, int people, std::string picture) : next_(first), picture_(std::move(picture)) {
  for (int i = 0; i < people; ++i) {
    const std::int64_t id = next_++;
    people_[id];
    queue_.push_back(start_update(id, id, id));
  }
}

std::vector<std::string> Sitters::take(std::size_t limit, Time) {
  std::vector<std::string> out;
  while (!queue_.empty() && out.size() < limit) {
    out.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return out;
}

std::string Sitters::called(const std::string& method, const json::Object& parameters, std::string_view upload,
                            Time now) {
  last_call_ = now;
  if (method == "getMe") {
    return kMe;
  }
  const bool sends = method.starts_with("send") && method != "sendChatAction";
  const auto found = people_.find(integer(parameters, "chat_id"));
  if ((!sends && !method.starts_with("editMessage")) || found == people_.end()) {
    return "true";
  }
  auto& [id, person] = *found;
  if (upload == picture_) {
    delivered_.insert(id);
  }
  const std::int64_t message_id = sends ? next_++ : integer(parameters, "message_id");
  person.markup = markup_of(parameters);
  look_at(id, person, message_id);
  return bot_message(message_id, id, person.markup);
}

void Sitters::look_at(std::int64_t id, Person& person, std::int64_t message_id) {
  const auto buttons = buttons_of(person.markup);
  const auto best = std::ranges::max_element(buttons, {}, nearness);
  if (person.ordered || best == buttons.end() || nearness(*best) == 0 || *best == person.pressed) {
    return;
  }
  person.pressed = *best;
  person.ordered = nearness(*best) == 4;
  const std::int64_t update = next_++;
  queue_.push_back(
      press_update(update, std::to_string(update), id, bot_message(message_id, id, person.markup), person.pressed));
}

}  // namespace aisha::bench
