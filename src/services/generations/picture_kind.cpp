// SPDX-License-Identifier: Apache-2.0
#include "services/generations/picture_kind.hpp"

#include "base/encoding.hpp"
#include "base/hashing.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "cache/keys.hpp"
#include "cache/recall.hpp"
#include "services/generations/plan.hpp"
#include "services/generations/progress.hpp"
#include "services/jobs/remote.hpp"
#include "services/jobs/result_intake.hpp"
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
constexpr int kTruncatedLooks = 2;

/// A picture that lies in the store, verified.
class KeptPicture final : public Kept {
 public:
  KeptPicture(ServiceMetrics& metrics, domain::PictureObject object, std::int64_t expected,
              std::optional<BilledCost> billed)
      : metrics_(metrics),
        object_(std::move(object)),
        cost_(billed ? billed->micro_usd : expected),
        billed_(std::move(billed)) {}

  void write(stores::UnitOfWork& unit, const domain::Job& job) const override {
    const Millis took = unit.now() - job.created_at;
    requests::make_ready(unit, job.id, object_, domain::is_gift(job) ? std::nullopt : std::optional(took));
    unit.when_durable(
        [&metrics = metrics_, object = object_, cost = cost_, price = job.price, trace = job.trace, took] {
          metrics.kept(price, object.bytes, cost, took);
          log::info(trace, "stored {}, {}x{}, {} bytes, {} ms after the tap", object.key, object.width, object.height,
                    object.bytes, took.count());
        });
  }
  std::optional<BilledCost> billed() const override { return billed_; }

 private:
  ServiceMetrics& metrics_;
  domain::PictureObject object_;
  std::int64_t cost_;
  std::optional<BilledCost> billed_;
};

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
  providers::OutputShape out;
  if (const auto model = tools_.models.by_endpoint(job.model); model != nullptr) {
    out.images_field = model->images_field;
    out.nsfw_field = model->nsfw_field;
  }
  return out;
}

Task<Result<std::unique_ptr<Kept>>> PictureKind::keep(domain::Job job, std::string result) {
  const Wanted asked = co_await wanted(job.id);
  auto billed = billed_for(job.model, result);
  auto picture = co_await check(job, std::move(result), asked);
  if (!picture) {
    co_return std::unexpected(picture.error());
  }
  auto object = co_await store(job, std::move(*picture));
  if (!object) {
    co_return std::unexpected(object.error());
  }
  // Before the row says so: a copy that is read again meanwhile would otherwise live on.
  co_await cache::forget_pictures(context_.cache, job.user_id);
  co_return std::make_unique<KeptPicture>(context_.metrics, std::move(*object), asked.cost_micro_usd,
                                          std::move(billed));
}

std::optional<BilledCost> PictureKind::billed_for(const std::string& endpoint, const std::string& result) const {
  auto read = read_result(result);
  const auto model = tools_.models.by_endpoint(endpoint);
  if (!read || read->billable_units.empty() || model == nullptr) {
    return std::nullopt;
  }
  const auto cost = model->cost_of_units(read->billable_units);
  return cost ? std::optional(BilledCost{*cost, std::move(read->billable_units)}) : std::nullopt;
}

Task<Wanted> PictureKind::wanted(Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto found = co_await requests::follow(unit, id);
  if (!found) {
    co_return Wanted{};
  }
  co_return wanted_of(tools_.models, found->picture, found->avatar);
}

// What ends too soon may have been cut on its way: it is fetched once more before it is called truncated.
Task<Result<PictureKind::Checked>> PictureKind::check(domain::Job job, std::string result, Wanted wanted) {
  Result<imaging::Inspection> seen = fail(Errc::image_truncated);
  std::string bytes;
  for (int looks = 0; looks < kTruncatedLooks && !seen && seen.error().code == Errc::image_truncated; ++looks) {
    auto fetched = co_await fetch(job, result);
    if (!fetched && fetched.error().code == Errc::provider_nsfw) {
      co_return defective(Errc::provider_nsfw, domain::Defect::flagged, wanted);
    }
    if (!fetched) {
      co_return std::unexpected(fetched.error());
    }
    bytes = std::move(*fetched);
    seen = co_await tools_.imager.inspect(bytes);
  }
  if (!seen && seen.error().code == Errc::image_truncated) {
    co_return defective(Errc::result_defect, domain::Defect::truncated, wanted);
  }
  if (!seen) {
    co_return std::unexpected(seen.error());
  }
  if (const auto defect = domain::defect_of(looks_of(*seen), wanted.picture)) {
    co_return defective(Errc::result_defect, *defect, wanted);
  }
  if (!seen->cleaned.empty()) {
    bytes = std::move(seen->cleaned);
  }
  co_return Checked{std::move(bytes), std::move(*seen)};
}

Task<Result<std::string>> PictureKind::fetch(domain::Job job, std::string result) {
  auto read = read_result(result);
  if (!read) {
    co_return std::unexpected(read.error());
  }
  providers::RemotePicture& picture = read->pictures.front();
  if (picture.nsfw) {
    co_return fail(Errc::provider_nsfw);
  }
  if (!picture.bytes.empty()) {
    co_return std::move(picture.bytes);
  }
  auto bytes = co_await tools_.provider.download(std::move(picture.url));
  if (!bytes && bytes.error().code == Errc::result_origin_unknown) {
    log::error(job.trace, "the picture lies at {}, which no setting names: add it to [fal] file_origins and restart",
               bytes.error().detail);
  }
  if (!bytes && bytes.error().code == Errc::result_gone) {
    co_return co_await fetch_again(std::move(job));
  }
  co_return bytes;
}

// The address has expired: the provider may give another one for the same result, once.
Task<Result<std::string>> PictureKind::fetch_again(domain::Job job) {
  if (job.request_id.empty()) {
    co_return fail(Errc::result_gone);
  }
  auto result = co_await tools_.provider.result(remote_of(job), shape(job));
  if (!result) {
    co_return std::unexpected(result.error());
  }
  co_return co_await tools_.provider.download(std::move(result->pictures.front().url));
}

Task<Result<domain::PictureObject>> PictureKind::store(domain::Job job, Checked picture) {
  const imaging::Inspection& seen = picture.seen;
  domain::PictureObject object;
  object.bucket = "generated";
  object.key = domain::object_key(job.created_at, job.id, imaging::extension_of(seen.format));
  object.width = seen.width;
  object.height = seen.height;
  object.bytes = std::ssize(picture.bytes);
  object.thumbhash = encoding::base64(seen.thumbhash);
  object.content_type = imaging::content_type_of(seen.format);
  object.sha256 = co_await sha256_in_pieces(picture.bytes);
  auto put =
      co_await tools_.blobs.put(blobs::Bucket::generated, object.key, std::move(picture.bytes), object.content_type);
  if (put) {
    std::string small = std::move(picture.seen.thumbnail_webp);
    std::string key = domain::thumbnail_key(job.created_at, job.id);
    put = co_await tools_.blobs.put(blobs::Bucket::generated, std::move(key), std::move(small), "image/webp");
  }
  if (!put) {
    co_return std::unexpected(put.error());
  }
  co_return object;
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
