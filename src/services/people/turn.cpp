// SPDX-License-Identifier: Apache-2.0
#include "services/people/turn.hpp"

#include <tuple>

#include "cache/recall.hpp"
#include "services/inbox/update_turn.hpp"
#include "stores/people/chats.hpp"
#include "stores/queue/inbox_rows.hpp"

namespace aisha::services {
namespace {

auto everything(const domain::Chat& c) {
  return std::tie(c.user_id, c.card_message_id, c.card_revision, c.photo_key, c.caption_hash, c.keyboard_hash,
                  c.last_seen_message_id, c.pending, c.pending_text, c.pending_until);
}

}  // namespace

Turn::Turn(Context context, ClaimedUpdate update)
    : context_(context),
      update_(std::move(update)),
      unit_(std::make_unique<stores::UnitOfWork>(context_.db, context_.rng)) {
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
    co_await cache::forget(context_.cache, cache::keys::stats(user_.id));
  }
  auto saved = co_await unit_->commit();
  if (!saved) {
    const bool claim_lost = saved.error().code == Errc::conflict && saved.error().detail.starts_with("0:");
    if (claim_lost) {
      co_return fail(Errc::not_found, "the update is handled elsewhere");
    }
    co_return saved;
  }
  if (stores::lane_queue::has_promoted(*unit_)) {
    context_.signals.inbox.ring();
  }
  if (wake_submit_) {
    context_.signals.submit.notify();
  }
  if (wake_outbox_) {
    context_.signals.outbox.notify();
  }
  co_return saved;
}

}  // namespace aisha::services
