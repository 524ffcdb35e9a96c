// SPDX-License-Identifier: Apache-2.0
#include "services/outbox/batch_messages.hpp"

#include <string>

#include "stores/batches/batches.hpp"
#include "stores/jobs/jobs.hpp"

namespace aisha::services {

void end_batch_member(stores::UnitOfWork& unit, const domain::Job& member) {
  const Uuid batch = *member.batch_id;
  stores::batches::member_ended(unit, batch);
  NewMessage album;
  album.chat_id = member.chat_id;
  album.meaning = Meaning::batch_album;
  album.ref = batch;
  album.idempotent = false;
  album.dedupe_key = "batch:" + batch.to_string() + ":album";
  album.ends_batch = batch;
  enqueue(unit, album);
  NewMessage card = album;
  card.meaning = Meaning::batch_result;
  card.idempotent = member.status_message_id != 0;
  card.dedupe_key = "batch:" + batch.to_string() + ":result";
  enqueue(unit, card);
}

void set_told_in(stores::UnitOfWork& unit, const OutboxMessage& item, std::int64_t message_id) {
  const bool is_batch = item.meaning == Meaning::batch_status || item.meaning == Meaning::batch_result;
  is_batch ? stores::batches::set_message(unit, item.generation_id, message_id)
           : stores::jobs::set_status_message(unit, item.generation_id, message_id);
}

}  // namespace aisha::services
