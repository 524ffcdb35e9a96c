// SPDX-License-Identifier: Apache-2.0
#include "services/outbox/outbox_worker.hpp"

#include <charconv>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "services/outbox/batch_messages.hpp"
#include "services/outbox/tell_again.hpp"
#include "stores/photos/photo_sets.hpp"
#include "stores/pictures/picture_messages.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace aisha::services {
namespace {

namespace outbox = stores::outbox;
using Kind = DeliveryOutcome::Kind;

/// 0 for whatever is no number.
std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<OutboxMessage> item_of(const outbox::Taken& row) {
  const auto meaning = meaning_from(row.kind);
  const auto id = Uuid::parse(row.ref);
  if (!meaning || !id) {
    return std::nullopt;
  }
  OutboxMessage out;
  out.id = row.id;
  out.chat_id = row.lane;
  out.meaning = *meaning;
  out.generation_id = *id;
  out.message_id = number_in(row.detail);
  out.detail = row.detail;
  out.attempts = row.attempts;
  out.maybe_sent = row.maybe_sent;
  return out;
}

std::string_view text_of(Kind kind) {
  switch (kind) {
    case Kind::sent: return "sent";
    case Kind::not_modified: return "not_modified";
    case Kind::flood: return "flood";
    case Kind::blocked: return "blocked";
    case Kind::in_doubt: return "in_doubt";
    case Kind::held: return "held";
    case Kind::maybe_sent: return "maybe_sent";
    case Kind::gone: return "gone";
    case Kind::retry: return "retry";
    case Kind::dead: return "dead";
  }
  return "";
}

// A send may have arrived this often without anybody knowing: a picture is worth one more try, words are not.
constexpr std::int64_t kMostDoubts = 1;
constexpr std::size_t kMostUnnoted = 10'000;
bool worth_another_send(Meaning meaning, std::int64_t maybe_sent) {
  const bool is_words =
      meaning == Meaning::ready_notice || meaning == Meaning::job_status || meaning == Meaning::batch_status;
  return !is_words && maybe_sent <= kMostDoubts;
}

stores::picture_messages::Kind kind_of(PictureMessage::Kind kind) {
  using stores::picture_messages::Kind;
  switch (kind) {
    case PictureMessage::Kind::document: return Kind::document;
    case PictureMessage::Kind::share: return Kind::share;
    case PictureMessage::Kind::album: return Kind::album;
    case PictureMessage::Kind::result: break;
  }
  return Kind::result;
}

/// So that the picture can leave its chat when it is purged, however long its job has been forgotten by then.
void note_picture(stores::UnitOfWork& unit, const OutboxMessage& item, const PictureMessage& shown) {
  namespace messages = stores::picture_messages;
  messages::note(unit, {.chat_id = item.chat_id,
                        .message_id = shown.message_id,
                        .generation_id = shown.picture.value_or(item.generation_id),
                        .kind = kind_of(shown.kind),
                        .sent_at = shown.sent_at});
}

/// Which messages show it from now on.
void note_told(stores::UnitOfWork& unit, const OutboxMessage& item, const DeliveryOutcome& outcome) {
  if (outcome.shows) {
    note_picture(unit, item, *outcome.shows);
  }
  for (const PictureMessage& one : outcome.album) {
    note_picture(unit, item, one);
  }
  if (outcome.avatar_card) {
    stores::photo_sets::set_card(unit, item.generation_id, item.chat_id, *outcome.avatar_card);
  }
  if (outcome.message_id != 0) {
    set_told_in(unit, item, outcome.message_id);
  }
}

/// The message that showed it is no more, or is to be left behind.
void forget_message(stores::UnitOfWork& unit, const OutboxMessage& item) {
  if (item.meaning == Meaning::avatar_card) {
    stores::photo_sets::set_card(unit, item.generation_id, item.chat_id, 0);
  } else {
    set_told_in(unit, item, 0);
  }
}

/// The lane goes on; what is owed waits for its person.
void end_untold(stores::UnitOfWork& unit, const outbox::Taken& row, Meaning meaning, std::string_view why) {
  is_owed(meaning) ? outbox::park(unit, row, why) : outbox::dead(unit, row, why);
}

}  // namespace

Task<std::optional<Millis>> OutboxWorker::due_in() {
  const TimePoint now = context_.db.now();
  if (context_.signals.outbox.take_rung()) {
    due_.add(now);
  }
  if (due_.takes_look(now)) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto due = co_await outbox::next_due(unit);
    if (due) {
      due_.add(*due);
    }
  }
  co_return wait_until(context_, due_.next());
}

Task<std::vector<Task<void>>> OutboxWorker::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto rows = co_await outbox::claim(unit, limit, context_.policy.send_lease);
  due_.claimed(unit.now(), rows.size(), limit);
  const Lease lease(context_.db, unit.now() + context_.policy.send_lease, context_.policy.send_lease);
  std::vector<Task<void>> out;
  for (outbox::Taken& row : rows) {
    out.push_back(run(std::move(row), lease));
  }
  co_return out;
}

Task<void> OutboxWorker::run(outbox::Taken row, Lease lease) {
  auto item = item_of(row);
  if (!item) {
    co_await leave_to_newer(std::move(row));
    co_return;
  }
  const auto unnoted = unnoted_.find(row.id);
  if (unnoted != unnoted_.end()) {
    DeliveryOutcome known = unnoted->second;
    co_await settle(std::move(row), *item, std::move(known));
    co_return;
  }
  // A sender vanished in the middle of it, or Telegram gave no sure answer.
  if (row.maybe_sent > 0 && !row.idempotent && !worth_another_send(item->meaning, row.maybe_sent)) {
    DeliveryOutcome unsure;
    unsure.kind = Kind::maybe_sent;
    report(row, item->generation_id, unsure);
    co_await settle(std::move(row), *item, std::move(unsure));
    co_return;
  }
  if (item->meaning == Meaning::export_part) {
    const auto longer = co_await prepare(row);
    if (!longer) {
      co_return;
    }
    lease = *longer;
    item->begin = [this, row, lease] { return begin(row, lease); };
  }
  item->lease = lease;
  DeliveryOutcome outcome = co_await tell(*item);
  report(row, item->generation_id, outcome);
  if (outcome.kind == Kind::sent) {
    if (unnoted_.size() >= kMostUnnoted) {
      // Rows that another process has ended meanwhile.
      unnoted_.clear();
    }
    unnoted_[row.id] = outcome;
  }
  co_await settle(std::move(row), *item, std::move(outcome));
}

/// Nothing: it is somebody else's by now.
Task<std::optional<Lease>> OutboxWorker::prepare(const outbox::Taken& row) {
  const Millis length = context_.policy.part_lease;
  stores::UnitOfWork unit(context_.db, context_.rng);
  outbox::prepare(unit, row, length);
  const auto written = co_await unit.commit();
  // Of its own: the others that were claimed with it are not held longer.
  co_return written ? std::optional(Lease(context_.db, unit.now() + length, length)) : std::nullopt;
}

Task<bool> OutboxWorker::begin(outbox::Taken row, Lease lease) {
  const Millis length = context_.policy.send_lease;
  stores::UnitOfWork unit(context_.db, context_.rng);
  outbox::begin(unit, row, length);
  const auto written = co_await unit.commit();
  if (written) {
    lease.extend(unit.now() + length, length);
  }
  co_return written.has_value();
}

void OutboxWorker::report(const outbox::Taken& row, const Uuid& about, const DeliveryOutcome& outcome) {
  const std::string_view result = text_of(outcome.kind);
  if (!outcome.error.empty()) {
    log::warn(about, "telling {} in chat {}: {}, {}", row.kind, row.lane, result, outcome.error);
  } else {
    log::info(about, "told {} in chat {}: {}", row.kind, row.lane, result);
  }
  context_.metrics.told(row.kind, result, context_.db.now() - row.created_at);
}

Task<DeliveryOutcome> OutboxWorker::tell(OutboxMessage item) {
  DeliveryOutcome outcome;
  try {
    outcome = co_await sender_.deliver(std::move(item));
  } catch (const std::exception& problem) {
    outcome.kind = Kind::retry;
    outcome.error = problem.what();
  }
  co_return outcome;
}

Task<void> OutboxWorker::settle(outbox::Taken row, OutboxMessage item, DeliveryOutcome outcome) {
  const Policy& policy = context_.policy;
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Millis pause = doubled(policy.outbox_backoff, row.attempts - 1, policy.outbox_backoff_last);
  if (item.meaning == Meaning::export_part) {
    // It may have ended while it was prepared.
    outbox::begin(unit, row, policy.send_lease);
  }
  switch (outcome.kind) {
    case Kind::sent:
    case Kind::not_modified:
      note_told(unit, item, outcome);
      // Last: a step that tells something holds its job when it waits for the lane's head.
      outbox::sent(unit, row, outcome.message_id);
      break;
    case Kind::flood:
      // The head waits, and with it the chat.
      retry(unit, row, outcome.retry_after, false);
      break;
    case Kind::blocked:
      co_await people_.mark_blocked(row.lane);
      end_untold(unit, row, item.meaning, "blocked");
      break;
    case Kind::maybe_sent:
      // A paid picture that nobody may have seen comes with the next thing its person does; all else they can ask
      // again.
      item.meaning == Meaning::job_result ? outbox::park(unit, row, "maybe sent")
                                          : outbox::dead(unit, row, "maybe sent");
      break;
    case Kind::in_doubt:
      // Tries that only find out whether the outage is over are not counted again.
      retry(unit, row, outcome.retry_after, row.maybe_sent < kMostDoubts);
      break;
    case Kind::held: retry(unit, row, outcome.retry_after, false); break;
    case Kind::gone:
      // Noted first: a process that dies behind the send must not look as if it had died behind an edit.
      forget_message(unit, item);
      outbox::send_instead(unit, row);
      due_.add(unit.now());
      break;
    case Kind::retry:
      if (unit.now() - row.created_at < policy.outbox_give_up) {
        retry(unit, row, pause, false);
      } else {
        end_untold(unit, row, item.meaning, outcome.error);
      }
      break;
    case Kind::dead: outbox::dead(unit, row, outcome.error); break;
  }
  co_await unit.commit();
  unnoted_.erase(item.id);
  ring_followers(context_.signals.outbox, unit);
}

void OutboxWorker::retry(stores::UnitOfWork& unit, const outbox::Taken& row, Millis delay, bool outcome_unknown) {
  outbox::retry(unit, row, delay, outcome_unknown);
  due_.add(unit.now() + delay);
}

// A newer release works beside this one and wrote it: one of its processes will tell it.
Task<void> OutboxWorker::leave_to_newer(outbox::Taken row) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (unit.now() - row.created_at >= context_.policy.outbox_give_up) {
    co_await give_up(std::move(row), "a meaning this release does not know");
    co_return;
  }
  retry(unit, row, context_.policy.outbox_backoff, false);
  co_await unit.commit();
}

Task<void> OutboxWorker::give_up(outbox::Taken row, std::string why) {
  log::warn(Uuid::parse(row.ref).value_or(Uuid()), "telling {} in chat {}: {}", row.kind, row.lane, why);
  stores::UnitOfWork unit(context_.db, context_.rng);
  outbox::dead(unit, row, why);
  co_await unit.commit();
  ring_followers(context_.signals.outbox, unit);
}

}  // namespace aisha::services
