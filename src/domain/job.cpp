// SPDX-License-Identifier: Apache-2.0
#include "domain/job.hpp"

#include <array>

#include "domain/enum_names.hpp"

namespace aisha::domain {
namespace {

constexpr std::array<std::string_view, 2> kKinds{"picture", "training"};
constexpr std::array<std::string_view, 9> kStates{"preparing", "queued",    "submitting", "unconfirmed", "running",
                                                  "storing",   "succeeded", "failed",     "cancelled"};
constexpr std::array<std::string_view, 7> kAttempts{"prepared", "accepted", "refused", "ambiguous",
                                                    "ok",       "error",    "surplus"};

using Edge = std::pair<std::string_view, std::string_view>;
constexpr std::array kEdges{
    Edge{"new", "preparing"},          Edge{"new", "queued"},          Edge{"new", "storing"},
    Edge{"preparing", "queued"},       Edge{"preparing", "failed"},    Edge{"preparing", "cancelled"},
    Edge{"queued", "submitting"},      Edge{"queued", "storing"},      Edge{"queued", "failed"},
    Edge{"queued", "cancelled"},       Edge{"submitting", "running"},  Edge{"submitting", "queued"},
    Edge{"submitting", "unconfirmed"}, Edge{"submitting", "storing"},  Edge{"submitting", "failed"},
    Edge{"submitting", "cancelled"},   Edge{"unconfirmed", "running"}, Edge{"unconfirmed", "storing"},
    Edge{"unconfirmed", "queued"},     Edge{"unconfirmed", "failed"},  Edge{"unconfirmed", "cancelled"},
    Edge{"running", "storing"},        Edge{"running", "queued"},      Edge{"running", "failed"},
    Edge{"running", "cancelled"},      Edge{"storing", "succeeded"},   Edge{"storing", "failed"},
    Edge{"storing", "queued"},
};

}  // namespace

std::string_view text_of(JobKindName kind) {
  return enum_names::text_of(kKinds, kind);
}
JobKindName job_kind_from(std::string_view text) {
  return enum_names::value_of<JobKindName>(kKinds, text);
}
std::string_view text_of(JobState state) {
  return enum_names::text_of(kStates, state);
}
JobState job_state_from(std::string_view text) {
  return enum_names::value_of<JobState>(kStates, text);
}
std::string_view text_of(AttemptState state) {
  return enum_names::text_of(kAttempts, state);
}
AttemptState attempt_state_from(std::string_view text) {
  return enum_names::value_of<AttemptState>(kAttempts, text);
}
std::span<const Edge> legal_transitions() {
  return kEdges;
}

std::string result_message_key(const Uuid& job_id) {
  return "job:" + job_id.to_string() + ":result";
}

}  // namespace aisha::domain
