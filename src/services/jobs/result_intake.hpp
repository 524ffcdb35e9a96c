// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "providers/image_generator.hpp"
#include "services/context/context.hpp"
#include "services/jobs/job_kind.hpp"

namespace aisha::stores::provider_events {
struct Applied;
struct Event;
}  // namespace aisha::stores::provider_events

namespace aisha::services {

/// The provider's last word on one of its requests.
struct News {
  std::string request_id;
  std::string token;  ///< ours, from a webhook's address; "" for an answer to our own question
  /// The pictures, or why there are none: an Errc of ImageGenerator::result.
  Result<providers::RemoteResult> result;
};

/// What the provider says in the end, by webhook or by poll: kept first, applied then, once per request of the provider
/// whatever comes twice.
class ResultIntake {
 public:
  ResultIntake(Context context, JobKinds kinds) : context_(context), kinds_(kinds) {}

  /// Durable when it returns; applied at once, or by `apply_pending` when that fails. Throws on an outage.
  Task<void> take(News news);
  /// Whatever a crash left kept and not applied. One that cannot be applied stops no other, and the fifth time it is
  /// poison; then throws what the first such has thrown.
  Task<void> apply_pending();

 private:
  Task<void> apply(stores::provider_events::Event event);
  Task<void> note_failure(std::string request_id);
  Task<void> move_if_gone(domain::Job job);
  Task<bool> give_if_late(stores::UnitOfWork& unit, const stores::provider_events::Applied& applied,
                          stores::provider_events::Event event);
  void end_if_over(stores::UnitOfWork& unit, const stores::provider_events::Applied& applied, Errc why);

  Context context_;
  JobKinds kinds_;
};

/// The form in which pictures wait in the database between the provider's word and their download.
std::string write_result(const providers::RemoteResult& result);
/// Errc::provider_protocol when it is not that form.
Result<providers::RemoteResult> read_result(std::string_view text);

}  // namespace aisha::services
