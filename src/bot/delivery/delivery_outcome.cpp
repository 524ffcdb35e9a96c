// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/delivery_outcome.hpp"

#include <utility>

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

DeliveryOutcome plain(Kind kind, std::string error) {
  DeliveryOutcome out;
  out.kind = kind;
  out.error = std::move(error);
  return out;
}

DeliveryOutcome outcome_of(ChatOutput& output, std::int64_t chat_id, const telegram::ApiError& error) {
  using telegram::ErrorKind;
  DeliveryOutcome out = plain(Kind::retry, error.description);
  switch (error.kind) {
    case ErrorKind::not_modified: return plain(Kind::not_modified);
    case ErrorKind::blocked:
    case ErrorKind::chat_not_found: out.kind = Kind::blocked; break;
    case ErrorKind::flood: {
      const TimePoint now = output.clock.now();
      output.flood.refused(chat_id, error.retry_after, now);
      out.kind = Kind::flood;
      out.retry_after = output.flood.free_at(chat_id, now) - now;
      break;
    }
    case ErrorKind::unknown_outcome:
    case ErrorKind::server:
    case ErrorKind::not_sent:
    case ErrorKind::wrong_file_id:
    case ErrorKind::unauthorized:
    case ErrorKind::conflict: break;
    default: out.kind = Kind::dead; break;
  }
  return out;
}

DeliveryOutcome outcome_of(ChatOutput& output, std::int64_t chat_id, const telegram::ApiError& error,
                           const SendDoubts::Send& send) {
  DeliveryOutcome out = outcome_of(output, chat_id, error);
  if (error.kind == telegram::ErrorKind::unknown_outcome) {
    const TimePoint now = output.clock.now();
    out.kind = output.doubts.may_repeat(send, now) ? Kind::in_doubt : Kind::maybe_sent;
    out.retry_after = output.doubts.wait(send.id, now);
  }
  return out;
}

std::optional<DeliveryOutcome> held(ChatOutput& output, const SendDoubts::Send& send, std::int64_t maybe_sent) {
  const TimePoint now = output.clock.now();
  if (maybe_sent > 0) {
    output.doubts.recall(send, now);
  }
  if (output.doubts.lets(send, now)) {
    return std::nullopt;
  }
  DeliveryOutcome out = plain(Kind::held, "it may be there already");
  out.retry_after = output.doubts.wait(send.id, now);
  return out;
}

}  // namespace aisha::bot
