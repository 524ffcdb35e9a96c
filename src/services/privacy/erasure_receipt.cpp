// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/erasure_receipt.hpp"

#include "base/json.hpp"
#include "services/outbox/outbox_message.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace aisha::services {

ErasureTally tally_of(const std::string& text) {
  return json::decode<ErasureTally>(text).value_or(ErasureTally{});
}

std::string text_of(const ErasureTally& tally) {
  return json::encode_text(tally);
}

void tell_receipt(stores::UnitOfWork& unit, std::int64_t chat_id, Uuid request) {
  stores::outbox::Message farewell;
  farewell.lane = chat_id;
  farewell.kind = text_of(Meaning::personal_note);
  farewell.ref = request.to_string();
  farewell.detail = kErasedNote;
  farewell.idempotent = is_idempotent(Meaning::personal_note);
  farewell.dedupe_key = "note:" + request.to_string();
  stores::outbox::enqueue_farewell(unit, farewell);
}

Task<std::optional<ErasureReceipt>> ErasureReceipts::find(Uuid request) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto found = co_await stores::data_requests::find(unit, request);
  if (!found || !found->finished_at || found->kind != stores::data_requests::Kind::erasing) {
    co_return std::nullopt;
  }
  co_return ErasureReceipt{found->language, tally_of(found->progress.tally)};
}

}  // namespace aisha::services
