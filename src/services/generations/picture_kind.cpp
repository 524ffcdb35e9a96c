// SPDX-License-Identifier: Apache-2.0
#include "services/generations/picture_kind.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "services/generations/plan.hpp"
#include "services/generations/progress.hpp"
#include "services/outbox/batch_messages.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/jobs/request_keys.hpp"
#include "stores/people/chats.hpp"
#include "stores/pictures/requests.hpp"

namespace aisha::services {
namespace {

namespace requests = stores::requests;

// The decoder is started anew after it died; a picture that kills it twice is to blame itself.
constexpr std::int64_t kDecoderTries = 2;

Meaning meaning_of(Telling telling) {
  switch (telling) {
    case Telling::status: return Meaning::job_status;
    case Telling::result: return Meaning::job_result;
    case Telling::failed: return Meaning::job_failed;
    case Telling::cancelled: return Meaning::job_cancelled;
    case Telling::notice: return Meaning::ready_notice;
  }
  return Meaning::job_status;
}

std::string dedupe_key(const domain::Job& job, Telling telling, std::string_view occasion) {
  switch (telling) {
    case Telling::status: return "job:" + job.id.to_string() + ":status:" + std::string(occasion);
    case Telling::notice: return "job:" + job.id.to_string() + ":notice";
    default: return domain::result_message_key(job.id);
  }
}

}  // namespace

JobPace PictureKind::pace() const {
  const Policy& policy = context_.policy;
  return {.prepare_lease = policy.prepare_lease,
          .lease = policy.lease,
          .store_lease = policy.store_lease,
          .deadline = policy.deadline,
          .poll_often = policy.poll_first,
          .poll_patient = policy.poll_patient,
          .poll_seldom = policy.poll_last,
          .prepare_parallel = policy.prepare_parallel,
          .submit_parallel = policy.submit_parallel,
          .poll_parallel = policy.poll_parallel,
          .store_parallel = policy.store_parallel};
}

providers::OutputShape PictureKind::shape(const domain::Job& job) const {
  return shape_of(tools_.models, job);
}

Task<Result<std::unique_ptr<Kept>>> PictureKind::keep(domain::Job job, std::string result) {
  return keeping_.keep(std::move(job), std::move(result));
}

bool PictureKind::may_pass(const Error& error, const domain::Job& job) const {
  switch (error.code) {
    case Errc::unavailable:
    case Errc::disk_full:
    case Errc::download_timeout:
    case Errc::provider_busy:
    case Errc::provider_auth:
    case Errc::provider_balance:
    // It is paid for: an operator may name the origin before the deadline.
    case Errc::result_origin_unknown: return true;
    case Errc::image_decoder_failed: return job.tries < kDecoderTries;
    default: return false;
  }
}

Task<std::optional<Elsewhere>> PictureKind::elsewhere(domain::Job job) {
  co_await tools_.states.gone(job.model);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto followed = co_await requests::follow(unit, job.id);
  if (!followed || !followed->avatar) {
    co_return std::nullopt;
  }
  Materials materials;
  if (followed->avatar->made_from == domain::MadeFrom::references) {
    materials.photos = co_await photos_of(unit, followed->avatar->id);
  }
  if (followed->picture.source_id) {
    const auto source = co_await requests::load(unit, *followed->picture.source_id);
    if (!source || source->object.key.empty()) {
      co_return std::nullopt;
    }
    materials.source = material_of(source->object);
  }
  auto detour = plan_elsewhere(tools_.models, followed->picture, *followed->avatar, materials);
  if (!detour) {
    co_return std::nullopt;
  }
  std::vector<WantedFile> files = std::move(detour->files);
  auto input = co_await tools_.handover.fill(detour->to.input, std::move(files));
  if (!input) {
    log::warn(job.trace, "{} cannot be asked instead: {} {}", detour->to.model, code_of(input.error().code),
              input.error().detail);
    co_return std::nullopt;
  }
  detour->to.input = std::move(*input);
  co_return std::move(detour->to);
}

void PictureKind::move(stores::UnitOfWork& unit, const domain::Job& job, const Elsewhere& to) const {
  requests::set_model(unit, job.id, to.model, to.quality, to.aspect_ratio);
}

// The same words under another seed; an endpoint that takes none is asked the same again.
std::string PictureKind::input_anew(stores::UnitOfWork& unit, const domain::Job& job) const {
  auto input = json::parse(job.input);
  json::Value* seed = input && input->is_object() ? input->get_object().if_contains("seed") : nullptr;
  if (seed == nullptr) {
    return job.input;
  }
  const auto drawn = static_cast<std::int64_t>(context_.rng.below(1ULL << 31U));
  *seed = drawn;
  requests::set_seed(unit, job.id, drawn);
  return json::serialize(*input);
}

void PictureKind::close(stores::UnitOfWork& unit, const domain::Job& job, domain::JobState state, Errc why) const {
  const bool cancelled = state == domain::JobState::cancelled;
  const auto closed = cancelled ? domain::PictureState::cancelled : domain::PictureState::failed;
  requests::close(unit, job.id, closed, code_of(why));
}

NewMessage PictureKind::message(const domain::Job& job, Telling telling, std::string_view occasion) const {
  // Members of a batch have one message together: it says how many are done, whatever became of this one.
  const Meaning meaning = job.batch_id ? Meaning::batch_status : meaning_of(telling);
  NewMessage out;
  out.chat_id = job.chat_id;
  out.meaning = meaning;
  out.ref = job.batch_id.value_or(job.id);
  out.detail = occasion;
  out.idempotent = is_idempotent(meaning) && job.status_message_id != 0;
  out.dedupe_key = dedupe_key(job, telling, occasion);
  return out;
}

void PictureKind::ended(stores::UnitOfWork& unit, const domain::Job& job) const {
  if (job.batch_id) {
    end_batch_member(unit, job);
  }
}

Task<bool> PictureKind::give(stores::UnitOfWork& unit, domain::Job late, std::string request_id, std::string result) {
  const std::string key = "late:" + late.id.to_string();
  const auto before = co_await requests::before(unit, key, late.user_id);
  auto picture = co_await requests::load(unit, late.id);
  if (before.same_key || !picture) {
    co_return false;
  }
  domain::Picture gift = std::move(*picture);
  gift.parent_id = gift.id;
  gift.id = unit.new_id();
  gift.variation = domain::Variation::late;
  gift.batch_id.reset();
  gift.price = 0;
  domain::Job job;
  job.id = gift.id;
  job.kind = name();
  job.user_id = late.user_id;
  job.chat_id = late.chat_id;
  job.trace = late.trace;
  job.model = late.model;
  job.input = std::move(late.input);
  job.state = domain::JobState::storing;
  job.max_attempts = context_.policy.max_attempts;
  job.deadline_at = unit.now() + pace().deadline;
  job.request_id = std::move(request_id);
  stores::request_keys::add(unit, key, gift.id);
  requests::create(unit, gift);
  stores::jobs::create(unit, job, result);
  co_return true;
}

Task<bool> PictureKind::is_buried(stores::UnitOfWork& unit, domain::Job job) {
  if (job.status_message_id == 0) {
    // It comes as a message of its own.
    co_return false;
  }
  const auto chat = co_await stores::chats::load(unit, job.chat_id);
  co_return chat && chat->last_seen_message_id > job.status_message_id;
}

Task<void> PictureKind::heard(domain::Job job, std::optional<providers::RemoteStatus> status) {
  if (!status) {
    co_await forget_progress(context_, job.id);
    co_return;
  }
  const Progress progress{status->queue_position, tools_.times.seconds(job.model)};
  co_await note_progress(context_, job.id, progress);
}

}  // namespace aisha::services
