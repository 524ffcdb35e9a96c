// SPDX-License-Identifier: Apache-2.0
#include "services/turn.hpp"

#include <tuple>

#include "cache/recall.hpp"
#include "services/turn_inbox.hpp"
#include "stores/chats.hpp"
#include "stores/inbox.hpp"

namespace aisha::services {
namespace {

auto everything(const domain::Chat& c) {
  return std::tie(c.user_id, c.card_message_id, c.card_revision, c.photo_key, c.caption_hash, c.keyboard_hash,
                  c.last_seen_message_id, c.pending, c.pending_text, c.pending_until);
}

}  // namespace

Turn::Turn(Ground ground, ClaimedUpdate update)
    : ground_(ground),
      update_(std::move(update)),
      unit_(std::make_unique<stores::UnitOfWork>(ground_.db, ground_.rng)) {
  // First of all writes, so that a conflict at index 0 says that the update is another worker's now.
  stores::inbox::done(*unit_, taken_of(update_));
}

Turn::~Turn() = default;
Turn::Turn(Turn&&) noexcept = default;

stores::UnitOfWork& Turn::unit() {
  return *unit_;
}

Uuid Turn::take_id() {
  return trace_is_used_ || update_.trace.is_nil() ? unit_->new_id() : update_.trace;
}

Task<Result<void>> Turn::commit() {
  if (everything(chat_) != everything(chat_as_read_)) {
    stores::chats::save(*unit_, chat_);
  }
  if (figures_change_) {
    co_await cache::forget(ground_.cache, cache::keys::stats(user_.id));
  }
  auto saved = co_await unit_->commit();
  if (!saved) {
    const bool claim_lost = saved.error().code == Errc::conflict && saved.error().detail.starts_with("0:");
    if (claim_lost) {
      co_return fail(Errc::not_found, "the update is handled elsewhere");
    }
    co_return saved;
  }
  // The lane's next update may go now.
  ground_.signals.inbox.notify();
  if (wake_submit_) {
    ground_.signals.submit.notify();
  }
  if (wake_outbox_) {
    ground_.signals.outbox.notify();
  }
  co_return saved;
}

}  // namespace aisha::services
