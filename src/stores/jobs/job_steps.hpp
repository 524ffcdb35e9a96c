// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/generation.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Every way a job changes its state. Each verb collects one fenced update, `WHERE id AND status AND lease_epoch` as in
/// the `job` that was read, and is Errc::conflict at commit when the row has moved on: drop the work, never repeat it
/// blindly. Money (`ledger::capture`, `ledger::release`) and messages (`outbox::enqueue`) of a step are written by the
/// caller into the same unit. After commit the passed `job` is stale: load it again before the next step.
namespace aisha::stores::job_steps {

/// Takes up to `limit` due jobs in `state` (queued: to submit; storing: to fetch and keep): lease, epoch + 1. Oldest
/// due first; jobs whose cancellation was asked for or whose deadline has passed are left to the reaper while queued.
/// Durable at once.
Task<std::vector<domain::Generation>> claim(UnitOfWork& unit, domain::JobState state, std::int64_t limit, Millis lease);
/// Gives a claimed job back untouched, due after `delay`; `failed_try` counts it in `tries`.
void hand_back(UnitOfWork& unit, const domain::Generation& job, Millis delay, bool failed_try);
/// The earliest moment a job in `state` becomes claimable; nothing = none.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit, domain::JobState state);

/// queued -> submitting, before any HTTP: attempt + 1, the intent with its token, a fresh lease.
void begin_submit(UnitOfWork& unit, const domain::Generation& job, std::string_view token, Millis lease);

/// What the provider said to an accepted submit.
struct Accepted {
  std::string request_id;  ///< provider's id
  std::string handle;      ///< whatever the provider's client wants back for status and cancel; may be ""
};
/// submitting -> running, lease over, first poll after `poll_after`. Errc::conflict when the reaper was faster: then
/// `adopt`.
void accept_submit(UnitOfWork& unit, const domain::Generation& job, std::string_view token, const Accepted& accepted,
                   Millis poll_after);
/// For an answer that came after the lease: notes the request id on the attempt and, when the job still waits for this
/// attempt (unconfirmed), takes it to running with a new epoch. Says whether it did.
Task<bool> adopt(UnitOfWork& unit, std::string token, Accepted accepted, Millis poll_after);

/// A certain refusal: submitting -> queued after `retry_after` while attempts are left, else -> failed. The state that
/// it will have tells the caller whether to release the money. `burns_attempt` false gives the attempt back (provider
/// paused: credentials, balance).
struct Refusal {
  Errc code = Errc::provider_failed;
  std::optional<Millis> retry_after;
  bool burns_attempt = true;
};
domain::JobState refuse_submit(UnitOfWork& unit, const domain::Generation& job, std::string_view token,
                               const Refusal& refusal);

/// Jobs in submitting whose lease ran out: the outcome is unknown.
Task<std::vector<domain::Generation>> expired_submits(UnitOfWork& unit, std::int64_t limit);
/// submitting -> unconfirmed with the attempt ambiguous, waiting `window` for news of it; epoch + 1. Also for a
/// submitter that got no answer and knows it.
void to_unconfirmed(UnitOfWork& unit, const domain::Generation& job, Millis window);
/// Unconfirmed jobs whose window is over.
Task<std::vector<domain::Generation>> unconfirmed_due(UnitOfWork& unit, std::int64_t limit);
/// unconfirmed -> queued (due at once) while attempts are left, else -> failed with Errc::provider_timeout; epoch + 1.
/// Answers the state it will have.
domain::JobState give_up_waiting(UnitOfWork& unit, const domain::Generation& job);

/// How often a running job is asked about: at first `often` apart, after `patient` polls `seldom`.
struct PollPace {
  Millis often{1'000};
  std::int64_t patient = 10;
  Millis seldom{5'000};
};
/// Running jobs whose poll is due, with the attempt to ask about; the next poll is set by `pace` and tries counted,
/// durable at once.
struct Poll {
  domain::Generation job;
  Accepted attempt;
  std::string token;
};
Task<std::vector<Poll>> claim_polls(UnitOfWork& unit, std::int64_t limit, PollPace pace);

/// The picture as it lies in the blob store, verified.
struct Picture {
  std::string bucket;
  std::string object_key;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t bytes = 0;
  std::string sha256;
  std::string thumbhash;  ///< base64
  std::string content_type;
};
/// storing -> succeeded. Caller adds `ledger::capture` and the result message.
void succeed(UnitOfWork& unit, const domain::Generation& job, const Picture& picture);

/// Any unfinished state with an edge to it -> failed. Caller adds `ledger::release` and the message.
void fail(UnitOfWork& unit, const domain::Generation& job, Errc code);
/// queued, unconfirmed, submitting, running -> cancelled. Caller adds `ledger::release` and the message.
void cancel(UnitOfWork& unit, const domain::Generation& job);

/// The owner asks; true for the caller to know on reading back. Errc::conflict at commit when not theirs or finished.
void request_cancel(UnitOfWork& unit, const Uuid& id, const Uuid& user_id);
/// Asked to cancel and in a state where that needs no provider (queued, unconfirmed; not leased).
Task<std::vector<domain::Generation>> cancel_candidates(UnitOfWork& unit, std::int64_t limit);
/// Asked to cancel and running: the provider must be asked (`attempt` says about which request).
Task<std::vector<Poll>> running_cancels(UnitOfWork& unit, std::int64_t limit);

/// Past their deadline and free to fail: queued, unconfirmed, running, and storing without a live lease.
Task<std::vector<domain::Generation>> past_deadline(UnitOfWork& unit, std::int64_t limit);

/// The provider's result as saved by the event that led to storing (JSON); "" when there is none.
Task<std::string> result_of(UnitOfWork& unit, Uuid id);
/// The last attempt the provider took, to cancel it or to ask again; nothing when none was.
Task<std::optional<Accepted>> last_accepted(UnitOfWork& unit, Uuid id);
/// What the attempt that made the picture cost us, in millionths of a US dollar.
void set_cost(UnitOfWork& unit, const Uuid& id, std::int64_t micro_usd);
/// Provider spend of attempts created since `since`, in millionths of a US dollar.
struct OpenJobs {
  domain::JobState state{};
  std::int64_t count = 0;
  TimePoint oldest;  ///< when the oldest of them was asked for
};
/// States without a job are left out.
Task<std::vector<OpenJobs>> open_jobs(UnitOfWork& unit);

Task<std::int64_t> spent_since(UnitOfWork& unit, TimePoint since);

}  // namespace aisha::stores::job_steps
