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

/// State of a row of `generation_requests`, which is request and job in one.
enum class JobState { queued, submitting, unconfirmed, running, storing, succeeded, failed, cancelled };

std::string_view text_of(JobState state);
JobState job_state_from(std::string_view text);
constexpr bool is_terminal(JobState s) {
  return s == JobState::succeeded || s == JobState::failed || s == JobState::cancelled;
}

/// The legal edges; the same list stands in the table `job_transition`, and a test compares them.
std::span<const std::pair<std::string_view, std::string_view>> legal_transitions();

/// `provider_attempt.state`.
enum class AttemptState { prepared, accepted, refused, ambiguous, ok, error, surplus };
std::string_view text_of(AttemptState state);

/// One picture asked for: what the person chose, frozen at the tap.
struct Generation {
  Uuid id;
  Uuid user_id;
  std::optional<Uuid> avatar_id;
  std::string template_id;    ///< "" for an own prompt
  std::string custom_prompt;  ///< "" for a template
  std::string prompt;         ///< final, with the trigger
  std::string style_category;
  std::string model;  ///< the endpoint that really runs, e.g. "fal-ai/flux-lora"
  std::string input;  ///< the exact JSON the provider gets
  std::string quality_preset = "balanced";
  std::string aspect_ratio = "1:1";
  std::int64_t seed = 0;
  std::optional<Uuid> parent_id;
  std::optional<Uuid> batch_id;
  std::int64_t price = 0;  ///< coins
  std::int64_t chat_id = 0;
  std::int64_t status_message_id = 0;  ///< the message that becomes the picture
  std::string local_day;               ///< "YYYY-MM-DD", the user's day at creation: the gallery's grouping key

  JobState state = JobState::queued;
  std::int64_t attempt = 0;
  std::int64_t max_attempts = 3;
  std::int64_t tries = 0;
  std::int64_t lease_epoch = 0;  ///< fencing token: every write names it
  TimePoint next_at;
  TimePoint deadline_at;
  bool cancel_requested = false;
  std::string error_code;  ///< text of an Errc

  std::string bucket;
  std::string object_key;  ///< YYYY/MM/DD/{id}.{ext}, from created_at and the real format
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t bytes = 0;
  std::string sha256;
  std::string thumbhash;  ///< base64
  std::string content_type;
  std::string photo_file_id;
  std::string document_file_id;

  TimePoint created_at;
  std::optional<TimePoint> submitted_at;
  std::optional<TimePoint> finished_at;
  std::optional<TimePoint> deleted_at;
};

/// "2026/01/15/018f....jpg": UTC date of the request's own creation and the real format: a repeat overwrites itself.
std::string object_key(TimePoint created_at, const Uuid& id, std::string_view extension);

}  // namespace aisha::domain
