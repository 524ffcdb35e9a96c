// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/result_intake.hpp"

#include <exception>
#include <stdexcept>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "services/jobs/endings.hpp"
#include "stores/jobs/provider_events.hpp"

namespace aisha::services {
namespace {

namespace events = stores::provider_events;

constexpr int kApplyTries = 3;
constexpr std::int64_t kBatch = 20;
constexpr std::int64_t kMostFailures = 5;

// Rejections and empty answers would come again; crashes and lost requests need not.
bool may_help_to_try_again(Errc code) {
  return code == Errc::provider_failed || code == Errc::provider_timeout || code == Errc::result_gone ||
         code == Errc::job_cancelled || code == Errc::provider_gone;
}

/// A day later nobody remembers what it was for.
constexpr std::chrono::hours kGivenWithin{24};

bool came_too_late(const domain::Job& job, TimePoint now) {
  const Errc why = errc_from(job.error_code);
  const bool took_too_long = why == Errc::job_deadline || why == Errc::provider_timeout;
  return job.state == domain::JobState::failed && took_too_long && job.finished_at &&
         now - *job.finished_at <= kGivenWithin;
}

struct StoredPicture {
  std::string url;
  std::string data;
  bool nsfw = false;
};
BOOST_DESCRIBE_STRUCT(StoredPicture, (), (url, data, nsfw))

struct StoredResult {
  std::vector<StoredPicture> pictures;
  std::optional<std::int64_t> seed;
  std::string units;
};
BOOST_DESCRIBE_STRUCT(StoredResult, (), (pictures, seed, units))

}  // namespace

std::string write_result(const providers::RemoteResult& result) {
  StoredResult out;
  for (const providers::RemotePicture& picture : result.pictures) {
    out.pictures.push_back({picture.url, encoding::base64(picture.bytes), picture.nsfw});
  }
  out.seed = result.seed;
  out.units = result.billable_units;
  return json::encode_text(out);
}

Result<providers::RemoteResult> read_result(std::string_view text) {
  auto stored = json::decode<StoredResult>(text);
  if (!stored || stored->pictures.empty()) {
    return fail(Errc::provider_protocol, "the stored result is unreadable");
  }
  providers::RemoteResult out;
  for (StoredPicture& picture : stored->pictures) {
    out.pictures.push_back({std::move(picture.url), encoding::from_base64(picture.data).value_or(""), picture.nsfw});
  }
  out.seed = stored->seed;
  out.billable_units = std::move(stored->units);
  return out;
}

Task<void> ResultIntake::take(News news) {
  events::Event event;
  event.request_id = std::move(news.request_id);
  event.token = std::move(news.token);
  event.ok = news.result.has_value();
  if (event.ok) {
    event.body = write_result(*news.result);
  } else {
    event.code = news.result.error().code;
    event.retryable = may_help_to_try_again(event.code);
    json::Object body;
    body["detail"] = news.result.error().detail;
    event.body = json::serialize(body);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool fresh = co_await events::put(unit, event);
  if (fresh) {
    co_await apply(std::move(event));
  }
}

Task<void> ResultIntake::apply_pending() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto waiting = co_await events::pending(unit, kBatch);
  std::exception_ptr first;
  for (const events::Event& event : waiting) {
    bool failed = false;
    try {
      co_await apply(event);
    } catch (const sql::Outage&) {
      first = first ? first : std::current_exception();
    } catch (const std::exception&) {
      failed = true;
      first = first ? first : std::current_exception();
    }
    if (failed) {
      co_await note_failure(event.request_id);
    }
  }
  if (first) {
    std::rethrow_exception(first);
  }
}

Task<void> ResultIntake::note_failure(std::string request_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool poison = co_await events::note_failure(unit, request_id, kMostFailures);
  if (poison) {
    log::error("the provider's word on request {} is given up", request_id);
    context_.metrics.event_poisoned();
  }
}

void ResultIntake::end_if_over(stores::UnitOfWork& unit, const events::Applied& applied, Errc why) {
  const bool cancelled = applied.effect == events::Effect::cancelled;
  if (!cancelled && applied.effect != events::Effect::failed) {
    return;
  }
  const JobKind* kind = kinds_.find(applied.job->kind);
  if (kind == nullptr) {
    throw std::logic_error("an event of a job whose kind this process does not know");
  }
  const auto state = cancelled ? domain::JobState::cancelled : domain::JobState::failed;
  end(context_, unit, *kind, *applied.job, state, cancelled ? Errc::job_cancelled : why);
}

// In a unit of its own, the request before the job as everywhere. Whatever keeps it from happening: the next submit
// meets the same refusal.
Task<void> ResultIntake::move_if_gone(domain::Job job) {
  JobKind* kind = kinds_.find(job.kind);
  if (kind == nullptr) {
    co_return;
  }
  const auto to = co_await kind->elsewhere(job);
  if (!to) {
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  move_to(unit, *kind, job, *to);
  co_await unit.commit();
}

// What is paid for at the provider is worth more to its person than to nobody.
Task<bool> ResultIntake::give_if_late(stores::UnitOfWork& unit, const events::Applied& applied, events::Event event) {
  if (applied.effect != events::Effect::surplus || !applied.job || !came_too_late(*applied.job, unit.now())) {
    co_return false;
  }
  JobKind* kind = kinds_.find(applied.job->kind);
  if (kind == nullptr) {
    co_return false;
  }
  co_return co_await kind->give(unit, *applied.job, std::move(event.request_id), std::move(event.body));
}

Task<void> ResultIntake::apply(events::Event event) {
  for (int i = 0; i < kApplyTries; ++i) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const events::Applied applied = co_await events::apply(unit, event, context_.policy.submit_backoff);
    end_if_over(unit, applied, event.code);
    const bool is_given = co_await give_if_late(unit, applied, event);
    const auto written = co_await unit.commit();
    if (!written) {
      continue;
    }
    switch (applied.effect) {
      case events::Effect::storing: context_.signals.store.notify(); break;
      case events::Effect::queued:
        if (event.code == Errc::provider_gone) {
          co_await move_if_gone(*applied.job);
        }
        context_.signals.submit.notify();
        break;
      case events::Effect::failed:
      case events::Effect::cancelled: context_.signals.outbox.notify(); break;
      case events::Effect::surplus:
        log::warn("request {} brought a result that nobody waits for{}", event.request_id,
                  is_given ? ": it is given away" : "");
        if (is_given) {
          context_.signals.store.notify();
        }
        break;
      case events::Effect::noted:
      case events::Effect::foreign: break;
    }
    co_return;
  }
}

}  // namespace aisha::services
