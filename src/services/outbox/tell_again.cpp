// SPDX-License-Identifier: Apache-2.0
#include "services/outbox/tell_again.hpp"

#include <fmt/core.h>

#include "base/log.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace aisha::services {
namespace {

namespace outbox = stores::outbox;

/// The rest is told on the next occasion.
constexpr std::int64_t kMost = 50;
constexpr std::string_view kAgain = ":again:";

/// However often a message comes again, its key stays short.
std::string key_for(std::string_view key, std::string_view occasion) {
  return fmt::format("{}{}{}", key.substr(0, key.find(kAgain)), kAgain, occasion);
}

/// Whether what it says is edited into a message that there still is; once the job has left its table it is sent.
Task<bool> has_message(stores::UnitOfWork& unit, std::string ref) {
  const Uuid id = Uuid::parse(ref).value_or(Uuid());
  const auto job = co_await stores::jobs::load(unit, id);
  co_return job && job->status_message_id != 0;
}

outbox::Message again(const outbox::Parked& parked, std::int64_t lane, std::string_view occasion, bool is_edit) {
  outbox::Message out;
  out.lane = lane;
  out.kind = parked.kind;
  out.ref = parked.ref;
  out.detail = parked.detail;
  out.idempotent = parked.idempotent && is_edit;
  out.dedupe_key = key_for(parked.dedupe_key, occasion);
  return out;
}

}  // namespace

bool is_owed(Meaning meaning) {
  switch (meaning) {
    case Meaning::job_status:
    case Meaning::batch_status:
    case Meaning::ready_notice:
    case Meaning::picture_state:
    case Meaning::export_part: return false;
    default: return true;
  }
}

Task<void> tell_again(Actor& actor, std::string occasion) {
  stores::UnitOfWork& unit = actor.unit();
  const std::int64_t lane = actor.chat_id();
  const auto parked = co_await outbox::parked(unit, lane, kMost);
  for (const outbox::Parked& message : parked) {
    const bool is_edit = co_await has_message(unit, message.ref);
    outbox::end_parked(unit, message.id);
    outbox::enqueue(unit, again(message, lane, occasion, is_edit));
    if (meaning_from(message.kind) == Meaning::job_result) {
      outbox::Message notice;
      notice.lane = lane;
      notice.kind = text_of(Meaning::ready_notice);
      notice.ref = message.ref;
      notice.idempotent = false;
      notice.dedupe_key = fmt::format("job:{}:notice{}{}", message.ref, kAgain, occasion);
      outbox::enqueue(unit, notice);
    }
  }
  if (!parked.empty()) {
    log::info(actor.trace(), "{} messages of chat {} are told again", parked.size(), lane);
    actor.wake(actor.signals().outbox);
  }
}

}  // namespace aisha::services
