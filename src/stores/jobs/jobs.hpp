// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/job.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `jobs`: work for the provider and every way it changes its state. Each verb collects one fenced update, `WHERE id
/// AND status AND lease_epoch` as in the `job` that was read, and is Errc::conflict at commit when the row has moved
/// on: drop the work, never repeat it blindly. The row of the job's kind, money and messages of a step are written by
/// the caller into the same unit. After commit the passed `job` is stale.
namespace aisha::stores::jobs {

/// Writes the row, due at once, in `job.state`: queued, preparing (with `job.wants`), or storing, with the provider's
/// `result` and the request id it came under. `job.deadline_at` must be set; `created_at` is the unit's now. The row of
/// its kind and the hold (`ledger::hold`) belong into the same unit.
void create(UnitOfWork& unit, const domain::Job& job, std::string_view result = "");

/// Nothing when it never was or has left the table.
Task<std::optional<domain::Job>> load(UnitOfWork& unit, Uuid id);

/// Remembers where the status lives once a send told its message id. A job that has left the table is left alone.
void set_status_message(UnitOfWork& unit, const Uuid& id, std::int64_t message_id);

/// Gives a claimed job back untouched, due after `delay`; `failed_try` counts it in `tries`.
void hand_back(UnitOfWork& unit, const domain::Job& job, Millis delay, bool failed_try);

/// preparing -> queued, due at once, epoch + 1, with the `input` that is complete now.
void prepared(UnitOfWork& unit, const domain::Job& job, std::string_view input);

/// queued -> submitting, before any HTTP: attempt + 1, the intent with its token, a fresh lease. The job as it is once
/// that is committed.
domain::Job begin_submit(UnitOfWork& unit, domain::Job job, std::string_view token, Millis lease);

/// What the provider said to an accepted submit.
struct Accepted {
  std::string request_id;  ///< provider's id
  std::string handle;      ///< whatever the provider's client wants back for status and cancel; may be ""
};
/// submitting -> running, lease over, first poll after `poll_after`. Errc::conflict when the reaper was faster: then
/// `accept_late`.
void accept_submit(UnitOfWork& unit, const domain::Job& job, std::string_view token, const Accepted& accepted,
                   Millis poll_after);
/// For an answer that came after the lease: notes the request id on the attempt and, when the job still waits for this
/// attempt (unconfirmed), takes it to running with a new epoch. Says whether it did.
Task<bool> accept_late(UnitOfWork& unit, std::string token, Accepted accepted, Millis poll_after);

/// A certain refusal: submitting -> queued after `retry_after` while attempts are left; true. False = nothing is left:
/// only the attempt is written, the caller ends the job. `burns_attempt` false gives the attempt back (provider paused:
/// credentials, balance).
struct Refusal {
  std::optional<Millis> retry_after;
  bool burns_attempt = true;
};
bool refuse_submit(UnitOfWork& unit, const domain::Job& job, std::string_view token, const Refusal& refusal);

/// An unfinished job goes on at another endpoint, once it is submitted next.
struct Work {
  std::string_view model;
  std::string_view input;
  std::int64_t cost_micro_usd = 0;  ///< that an attempt is expected to cost
};
void set_work(UnitOfWork& unit, const Uuid& id, const Work& work);

/// submitting -> unconfirmed with the attempt ambiguous, waiting `window` for news of it; epoch + 1. Also for a
/// submitter that got no answer and knows it.
void to_unconfirmed(UnitOfWork& unit, const domain::Job& job, Millis window);
/// unconfirmed -> queued (due at once) while attempts are left; epoch + 1. False = none is left and nothing written.
bool submit_again(UnitOfWork& unit, const domain::Job& job);

/// The attempt failed and another one shall be made: -> queued after `delay`, epoch + 1.
void requeue(UnitOfWork& unit, const domain::Job& job, Millis delay);
/// The result was no good and another attempt is made of it for nothing: storing -> queued, due at once, epoch + 1,
/// with `input` in place of the job's, one more attempt allowed and `defect` noted. The hold stays as it is.
void reroll(UnitOfWork& unit, const domain::Job& job, std::string_view input, std::string_view defect);
/// The provider's result is there: submitting, unconfirmed, running or queued -> storing, epoch + 1. `request_id`:
/// whose result it is, which may be an earlier attempt's.
void to_storing(UnitOfWork& unit, const domain::Job& job, std::string_view result, std::string_view request_id);
/// The provider's result as `to_storing` kept it (JSON); "" when there is none.
Task<std::string> result_of(UnitOfWork& unit, Uuid id);

/// To `succeeded` from storing; to `failed` or `cancelled` (with the code of why) from any state with an edge to it;
/// `job.defect` is kept. The caller adds the kind's row, `ledger::capture` or `ledger::release`, and the message.
void finish(UnitOfWork& unit, const domain::Job& job, domain::JobState to, std::string_view error_code);

/// The owner asks; Errc::conflict at commit when it is not theirs or finished.
void request_cancel(UnitOfWork& unit, const Uuid& id, const Uuid& user_id);

/// Deletes up to `limit` jobs that ended before `before`, in a transaction of its own; how many there were.
Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit);

}  // namespace aisha::stores::jobs
