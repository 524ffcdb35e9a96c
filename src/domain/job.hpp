// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::domain {

/// `jobs.kind`: what is made of the provider's result.
enum class JobKindName { picture, training };
std::string_view text_of(JobKindName kind);
JobKindName job_kind_from(std::string_view text);

/// `jobs.status`: where a job is on its way through the provider.
enum class JobState { preparing, queued, submitting, unconfirmed, running, storing, succeeded, failed, cancelled };
std::string_view text_of(JobState state);
JobState job_state_from(std::string_view text);

/// The legal edges; the same list stands in the table `job_transition`, and a test compares them.
std::span<const std::pair<std::string_view, std::string_view>> legal_transitions();

/// `provider_attempt.state`.
enum class AttemptState { prepared, accepted, refused, ambiguous, ok, error, surplus };
std::string_view text_of(AttemptState state);
AttemptState attempt_state_from(std::string_view text);

/// One piece of work for the provider, whatever its kind. Leaves the table some time after its end; what came of it
/// stands in the row of its kind, under the same id.
struct Job {
  Uuid id;
  JobKindName kind = JobKindName::picture;
  Uuid user_id;
  std::int64_t chat_id = 0;
  std::int64_t status_message_id = 0;  ///< the message that tells its status and becomes its result; 0 = none yet
  Uuid trace;
  std::optional<Uuid> batch_id;     ///< the order of several whose message tells of it
  std::string model;                ///< the endpoint that runs, e.g. "fal-ai/flux-lora"
  std::string input;                ///< the exact JSON the provider gets; complete from `queued` on
  std::string wants;                ///< JSON: what is done before it is; "" = nothing
  std::int64_t price = 0;           ///< coins held for it
  std::int64_t cost_micro_usd = 0;  ///< what an attempt is expected to cost us, in millionths of a US dollar

  JobState state = JobState::queued;
  std::int64_t attempt = 0;
  std::int64_t max_attempts = 3;
  std::int64_t tries = 0;        ///< within this state
  std::int64_t lease_epoch = 0;  ///< fencing token: every write names it
  TimePoint next_at;
  TimePoint deadline_at;
  bool cancel_requested = false;
  std::int64_t rerolls = 0;  ///< attempts that were made anew for nothing because a result was no good
  std::string request_id;    ///< the provider's id of the attempt that runs; "" = none runs
  std::string handle;        ///< what the provider's client wants back for status, result and cancel; may be ""
  std::string error_code;    ///< text of an Errc
  std::string defect;        ///< text of the Defect of the last result that was no good; "" = there was none

  TimePoint created_at;
  std::optional<TimePoint> submitted_at;
  std::optional<TimePoint> finished_at;
};

/// It began with a result, which came after its order had ended: nobody pays for it, and no attempt is made for it.
constexpr bool is_gift(const Job& job) {
  return job.attempt == 0 && job.state == JobState::storing;
}

/// Key of the one message that ends a job: every ended job has exactly one.
std::string result_message_key(const Uuid& job_id);

}  // namespace aisha::domain
