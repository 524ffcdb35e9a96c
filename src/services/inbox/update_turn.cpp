// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/update_turn.hpp"

#include "services/context/due_times.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

/// The claim is the unit's first write, and so the one that fails when the update is another's.
constexpr std::size_t kClaim = 0;

bool is_claim_lost(const Error& error) {
  const auto* row = std::get_if<about::RowAt>(&error.about);
  return error.code == Errc::conflict && row != nullptr && row->index == kClaim;
}

}  // namespace

Task<UpdateTurn> UpdateTurn::open(Context context, People& people, ClaimedUpdate update, TelegramFacts facts) {
  auto unit = std::make_unique<stores::UnitOfWork>(context.db, context.rng);
  stores::inbox::done(*unit, update);
  Visit visit = co_await people.open(std::move(unit), std::move(facts), update.trace);
  co_return UpdateTurn(context, std::move(visit));
}

Task<Result<void>> UpdateTurn::commit() {
  // Behind the accounts: whoever ends a picture locks them before the chat that numbers its messages.
  chat_.save(actor_.unit());
  auto saved = co_await actor_.commit();
  if (!saved && is_claim_lost(saved.error())) {
    co_return fail(Errc::lease_lost, "the update is handled elsewhere");
  }
  if (saved) {
    ring_followers(context_.signals.inbox, actor_.unit());
  }
  co_return saved;
}

}  // namespace aisha::services
