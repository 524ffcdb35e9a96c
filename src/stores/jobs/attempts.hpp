// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// The intent, before any HTTP.
struct Intent {
  Uuid job_id;
  std::int64_t number = 0;
  std::string_view token;           ///< ours, for the webhook's address
  std::int64_t cost_micro_usd = 0;  ///< what it is expected to cost: it counts from here on
};
void prepare(UnitOfWork& unit, const Intent& intent);
/// The provider took it. Errc::conflict at commit when it is not prepared or ambiguous.
void accept(UnitOfWork& unit, std::string_view token, std::string_view request_id);
/// The provider certainly did not take it: it cost nothing.
void refuse(UnitOfWork& unit, std::string_view token);
/// Nobody knows whether the provider took what the job has prepared.
void doubt(UnitOfWork& unit, const Uuid& job_id);

Task<std::optional<Attempt>> of_token(UnitOfWork& unit, std::string token);
/// The attempt an event speaks of: by the provider's id, else by the token of one whose answer was lost.
Task<std::optional<Attempt>> of_event(UnitOfWork& unit, std::string request_id, std::string token);
/// The last word on it; one that failed cost nothing.
void settle(UnitOfWork& unit, const Attempt& attempt, domain::AttemptState state, std::string_view request_id);

/// What the attempt that made the job's result cost us by the provider's units, in place of what was expected.
void set_units(UnitOfWork& unit, const domain::Job& job, std::int64_t micro_usd, std::string_view units);
/// What the provider's bill says of an attempt: the last word.
void set_billed(UnitOfWork& unit, const Uuid& id, std::int64_t micro_usd);
/// Spent on attempts created since `since`, in millionths of a US dollar: what is known of each. Scans them.
Task<std::int64_t> spent_since(UnitOfWork& unit, TimePoint since);

/// ... on the pictures that this person asked for since then, with what those that are open will cost.
Task<std::int64_t> spent_by(UnitOfWork& unit, Uuid user_id, TimePoint since);

/// What our books say of a request of the provider's; nothing when it is none of ours.
struct Cost {
  Uuid id;  ///< of the attempt
  std::int64_t micro_usd = 0;
};
Task<std::optional<Cost>> cost_of_request(UnitOfWork& unit, std::string request_id);

/// An attempt whose result came, that has a cost and that no bill has named.
struct Unbilled {
  std::string request_id;
  std::int64_t micro_usd = 0;
};
/// Those created from `since` on and before `until`, the oldest first. Scans the attempts of that time.
Task<std::vector<Unbilled>> unbilled(UnitOfWork& unit, TimePoint since, TimePoint until, std::int64_t limit);

}  // namespace aisha::stores::attempts
