// SPDX-License-Identifier: Apache-2.0
#include "services/outbox/outbox_message.hpp"

#include <array>

#include "services/people/actor.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace aisha::services {
namespace {

constexpr std::array<std::string_view, 15> kWords = {"job_status",   "job_result",    "job_failed",    "job_cancelled",
                                                     "ready_notice", "original",      "share_copy",    "picture_state",
                                                     "export_part",  "personal_note", "appeal_answer", "avatar_card",
                                                     "batch_status", "batch_album",   "batch_result"};

}  // namespace

std::string_view text_of(Meaning meaning) {
  return kWords.at(static_cast<std::size_t>(meaning));
}

std::optional<Meaning> meaning_from(std::string_view text) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == text) {
      return static_cast<Meaning>(i);
    }
  }
  return std::nullopt;
}

bool is_idempotent(Meaning meaning) {
  switch (meaning) {
    case Meaning::ready_notice:
    case Meaning::original:
    case Meaning::share_copy:
    case Meaning::export_part:
    case Meaning::personal_note:
    case Meaning::appeal_answer:
    case Meaning::batch_album: return false;
    default: return true;
  }
}

void enqueue(stores::UnitOfWork& unit, const NewMessage& message) {
  stores::outbox::Message row;
  row.lane = message.chat_id;
  row.kind = text_of(message.meaning);
  row.ref = message.ref.to_string();
  row.detail = message.detail;
  row.idempotent = message.idempotent;
  row.dedupe_key = message.dedupe_key;
  row.delay = message.delay;
  row.unless_waiting = message.unless_waiting;
  row.ends_batch = message.ends_batch;
  stores::outbox::enqueue(unit, row);
}

void order_once(Actor& actor, Meaning meaning, const Uuid& ref) {
  NewMessage message;
  message.chat_id = actor.chat_id();
  message.meaning = meaning;
  message.ref = ref;
  message.idempotent = is_idempotent(meaning);
  message.dedupe_key = std::string(text_of(meaning)) + ":" + actor.trace().to_string();
  enqueue(actor.unit(), message);
  actor.wake(actor.signals().outbox);
}

}  // namespace aisha::services
