// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/endings.hpp"

#include "base/log.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace aisha::services {
namespace {

std::string dedupe_key(const domain::Generation& job, Meaning meaning, std::string_view occasion) {
  std::string key = "job:" + job.id.to_string();
  switch (meaning) {
    case Meaning::job_status: return key.append(":status:").append(occasion);
    case Meaning::ready_notice: return key.append(":notice");
    default: return key.append(":result");
  }
}

}  // namespace

void tell(stores::UnitOfWork& unit, const domain::Generation& job, Meaning meaning, std::string_view occasion) {
  stores::outbox::Message message;
  message.lane = job.chat_id;
  message.kind = text_of(meaning);
  message.ref = job.id.to_string();
  message.detail = occasion;
  message.idempotent = is_idempotent(meaning) && job.status_message_id != 0;
  message.dedupe_key = dedupe_key(job, meaning, occasion);
  stores::outbox::enqueue(unit, message);
}

void end_without_picture(const Context& context, stores::UnitOfWork& unit, const domain::Generation& job,
                         Meaning meaning, Errc why) {
  stores::ledger::release(unit, job.user_id, job.id, job.price);
  tell(unit, job, meaning, code_of(why));
  unit.when_durable([&figures = context.metrics, id = job.id, price = job.price, meaning, why] {
    const bool cancelled = meaning == Meaning::job_cancelled;
    figures.ended(cancelled ? domain::JobState::cancelled : domain::JobState::failed, why, price);
    log::info(id, "{}: {}, {} coins returned", cancelled ? "cancelled" : "failed", code_of(why), price);
  });
}

}  // namespace aisha::services
