// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/blanking.hpp"

#include <utility>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "stores/pictures/message_blanks.hpp"

namespace aisha::services {
namespace {

namespace blanks = stores::message_blanks;
using Kind = Blanker::Answer::Kind;

/// Telegram lets a bot delete its messages for 48 hours.
constexpr Millis kDeletable{47LL * 3'600'000};
constexpr Millis kRefusedPause{3'600'000};
/// About half a day of them: a message that nobody tried for a week, because we were down, is not given up at once.
constexpr std::int64_t kFewestTries = 24;

}  // namespace

Task<std::optional<Millis>> Blanking::due_in() {
  if (context_.db.now() >= look_) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto due = co_await blanks::next_due(unit);
    if (due && *due <= unit.now()) {
      co_return Millis(0);
    }
    look_ = unit.now() + context_.policy.idle_poll;
  }
  co_return wait_until(context_, look_);
}

Task<std::vector<Task<void>>> Blanking::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  // Chats where something is to be told are due and not to be had.
  look_ = unit.now() + context_.policy.idle_poll;
  const auto taken = co_await blanks::claim(unit, limit, context_.policy.send_lease);
  std::vector<Task<void>> out;
  for (const Taken& one : taken) {
    out.push_back(run(one));
  }
  co_return out;
}

Task<void> Blanking::run(Taken taken) {
  std::vector<std::int64_t> messages;
  {
    stores::UnitOfWork unit(context_.db, context_.rng);
    messages = co_await blanks::sent_after(unit, taken.chat_id, unit.now() - kDeletable, Blanker::kMostRemoved);
  }
  Blanker::Answer answer;
  if (messages.empty()) {
    messages.push_back(taken.message_id);
    answer = co_await blanker_.blank(taken.chat_id, taken.message_id);
  } else {
    answer = co_await blanker_.remove(taken.chat_id, messages);
  }
  co_await settle(std::move(taken), std::move(messages), std::move(answer));
}

Task<void> Blanking::settle(Taken taken, std::vector<std::int64_t> messages, Blanker::Answer answer) {
  const Policy& policy = context_.policy;
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Millis pause = doubled(policy.blank_pace, taken.attempts - 1, kRefusedPause);
  TimePoint rested = unit.now() + policy.blank_pace;
  switch (answer.kind) {
    case Kind::done: blanks::end(unit, taken.chat_id, messages); break;
    case Kind::too_old: blanks::forget_age(unit, taken.chat_id, messages); break;
    case Kind::later: rested = unit.now() + answer.retry_after; break;
    case Kind::refused:
    case Kind::away:
      log::info("messages of chat {} still show a purged picture: {}", taken.chat_id, answer.error);
      rested = unit.now() + pause;
      if (answer.kind == Kind::refused) {
        give_up_old(unit, taken);
      }
      break;
  }
  blanks::rest(unit, taken, rested);
  const auto done = co_await unit.commit();
  if (!done) {
    log::warn("blanks of chat {}: {}", taken.chat_id, done.error().detail);
  }
}

void Blanking::give_up_old(stores::UnitOfWork& unit, const Taken& taken) {
  if (taken.attempts < kFewestTries || unit.now() - taken.created_at < context_.policy.blank_give_up) {
    return;
  }
  log::error("message {} of chat {} shows a purged picture for good", taken.message_id, taken.chat_id);
  blanks::end(unit, taken.chat_id, {taken.message_id});
  unit.when_durable([this] { context_.metrics.blanks_given_up(1); });
}

}  // namespace aisha::services
