// SPDX-License-Identifier: Apache-2.0
#include "services/photos/photo_telling.hpp"

#include <string>

#include "services/outbox/outbox_message.hpp"
#include "stores/photos/photo_sets.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

NewMessage message_about(const stores::photo_sets::Set& set) {
  NewMessage message;
  message.chat_id = set.chat_id;
  message.meaning = Meaning::avatar_card;
  message.ref = set.avatar.id;
  // Where there is no card yet it is sent.
  message.idempotent = set.card_message_id != 0;
  return message;
}

}  // namespace

void tell_photo_card(stores::UnitOfWork& unit, const stores::photo_sets::Set& set, Millis delay) {
  NewMessage message = message_about(set);
  message.dedupe_key = "avatar:" + set.avatar.id.to_string() + ":" + unit.new_id().to_string();
  message.delay = delay;
  message.unless_waiting = true;
  enqueue(unit, message);
}

void tell_avatar_ready(stores::UnitOfWork& unit, const stores::photo_sets::Set& set) {
  NewMessage message = message_about(set);
  message.dedupe_key = "avatar:" + set.avatar.id.to_string() + ":" + std::string(kAvatarReady);
  message.detail = kAvatarReady;
  enqueue(unit, message);
}

bool gives_way(const People& people, const std::optional<domain::Avatar>& main) {
  return !main || !domain::check_usable(*main) || people.is_demo(*main);
}

}  // namespace aisha::services
