// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/job.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `provider_attempt`: every request to the provider, written down before it is sent and kept for good: what it cost
/// belongs to the books. Fenced by the state it is in.
namespace aisha::stores::attempts {

/// An attempt of ours, as far as it is known.
struct Attempt {
  Uuid id;
  Uuid job_id;
  std::int64_t number = 0;
  domain::AttemptState state = domain::AttemptState::prepared;
  std::string request_id;  ///< the provider's; "" while its submit has no answer
};

/// The intent, before any HTTP. `token` is ours, for the webhook's address.
void prepare(UnitOfWork& unit, const Uuid& job_id, std::int64_t number, std::string_view token);
/// The provider took it. Errc::conflict at commit when it is not prepared or ambiguous.
void accept(UnitOfWork& unit, std::string_view token, std::string_view request_id);
/// The provider certainly did not take it.
void refuse(UnitOfWork& unit, std::string_view token);
/// Nobody knows whether the provider took what the job has prepared.
void doubt(UnitOfWork& unit, const Uuid& job_id);

Task<std::optional<Attempt>> of_token(UnitOfWork& unit, std::string token);
/// The attempt an event speaks of: by the provider's id, else by the token of one whose answer was lost.
Task<std::optional<Attempt>> of_event(UnitOfWork& unit, std::string request_id, std::string token);
/// The last word on it.
void settle(UnitOfWork& unit, const Attempt& attempt, domain::AttemptState state, std::string_view request_id);

/// What the attempt that made the result cost us, in millionths of a US dollar.
void set_cost(UnitOfWork& unit, const Uuid& job_id, std::int64_t micro_usd);
/// Spent on attempts created since `since`, in millionths of a US dollar. Scans them.
Task<std::int64_t> spent_since(UnitOfWork& unit, TimePoint since);

}  // namespace aisha::stores::attempts
