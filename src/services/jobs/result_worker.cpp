// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/result_worker.hpp"

#include "base/backoff.hpp"
#include "base/encoding.hpp"
#include "base/hashing.hpp"
#include "base/log.hpp"
#include "cache/recall.hpp"
#include "services/gallery/gallery.hpp"
#include "services/jobs/endings.hpp"
#include "services/jobs/remote.hpp"
#include "stores/jobs/job_steps.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/people/chats.hpp"

namespace aisha::services {
namespace {

namespace steps = stores::job_steps;

// The decoder is started anew after it died; a picture that kills it twice is to blame itself.
constexpr std::int64_t kDecoderTries = 2;

bool may_pass(const Error& error, std::int64_t tries) {
  switch (error.code) {
    case Errc::unavailable:
    case Errc::disk_full:
    case Errc::download_timeout:
    case Errc::provider_busy:
    case Errc::provider_auth:
    case Errc::provider_balance: return true;
    case Errc::image_decoder_failed: return tries < kDecoderTries;
    default: return false;
  }
}

}  // namespace

Task<std::optional<Millis>> ResultWorker::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await steps::next_due(unit, domain::JobState::storing);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> ResultWorker::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto jobs = co_await steps::claim(unit, domain::JobState::storing, limit, context_.policy.store_lease);
  std::vector<Task<void>> out;
  for (domain::Generation& job : jobs) {
    out.push_back(run(std::move(job)));
  }
  co_return out;
}

Task<void> ResultWorker::run(domain::Generation job) {
  Error problem{};
  auto bytes = co_await fetch(job);
  if (bytes) {
    const auto kept = co_await keep(job, std::move(*bytes));
    if (kept) {
      co_return;
    }
    problem = kept.error();
  } else {
    problem = bytes.error();
  }
  co_await settle(std::move(job), std::move(problem));
}

Task<Result<std::string>> ResultWorker::fetch(domain::Generation job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::string text = co_await steps::result_of(unit, job.id);
  auto result = read_result(text);
  if (!result) {
    co_return std::unexpected(result.error());
  }
  providers::RemotePicture& picture = result->pictures.front();
  if (picture.nsfw) {
    co_return fail(Errc::provider_nsfw);
  }
  if (!picture.bytes.empty()) {
    co_return std::move(picture.bytes);
  }
  auto bytes = co_await side_.provider.download(std::move(picture.url));
  if (!bytes && bytes.error().code == Errc::result_gone) {
    co_return co_await fetch_again(std::move(job));
  }
  co_return bytes;
}

// The address has expired: the provider may give another one for the same result, once.
Task<Result<std::string>> ResultWorker::fetch_again(domain::Generation job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto accepted = co_await steps::last_accepted(unit, job.id);
  if (!accepted) {
    co_return fail(Errc::result_gone);
  }
  const providers::OutputShape shape = shape_of(side_.models, job.model);
  auto result = co_await side_.provider.result(remote_of(job, *accepted), shape);
  if (!result) {
    co_return std::unexpected(result.error());
  }
  co_return co_await side_.provider.download(std::move(result->pictures.front().url));
}

Task<Result<void>> ResultWorker::keep(domain::Generation job, std::string bytes) {
  auto seen = co_await pictures_.imager.inspect(bytes);
  if (!seen) {
    co_return std::unexpected(seen.error());
  }
  if (seen->blank) {
    co_return fail(Errc::provider_nsfw, "one flat colour");
  }
  steps::Picture picture;
  picture.bucket = "generated";
  picture.object_key = domain::object_key(job.created_at, job.id, imaging::extension_of(seen->format));
  picture.width = seen->width;
  picture.height = seen->height;
  picture.bytes = std::ssize(bytes);
  picture.thumbhash = encoding::base64(seen->thumbhash);
  picture.content_type = imaging::content_type_of(seen->format);
  picture.sha256 = co_await sha256_in_pieces(bytes);
  auto put = co_await pictures_.blobs.put(blobs::Bucket::generated, picture.object_key, std::move(bytes),
                                          picture.content_type);
  if (put) {
    std::string small = std::move(seen->thumbnail_webp);
    put = co_await pictures_.blobs.put(blobs::Bucket::generated, thumbnail_key(job), std::move(small), "image/webp");
  }
  if (!put) {
    co_return put;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  steps::succeed(unit, job, picture);
  stores::ledger::capture(unit, job.user_id, job.id, job.price);
  std::int64_t cost = 0;
  if (const catalog::Model* model = side_.models.by_endpoint(job.model); model != nullptr) {
    const catalog::Size size{static_cast<int>(picture.width), static_cast<int>(picture.height)};
    cost = model->cost_micro_usd(1, size);
    steps::set_cost(unit, job.id, cost);
  }
  tell(unit, job, Meaning::job_result, "");
  const auto chat = co_await stores::chats::load(unit, job.chat_id);
  const bool late = unit.now() - job.created_at > context_.policy.notice_after;
  const bool buried = chat && chat->last_seen_message_id > job.status_message_id;
  if (late || buried) {
    tell(unit, job, Meaning::ready_notice, "");
  }
  co_await cache::forget(context_.cache, cache::keys::stats(job.user_id));
  const auto written = co_await unit.commit();
  if (written) {
    const Millis took = unit.now() - job.created_at;
    side_.gate.measured(job.model, took);
    context_.metrics.kept(job.price, picture.bytes, cost, took);
    log::info(job.id, "stored {}, {}x{}, {} bytes, {} ms after the tap", picture.object_key, picture.width,
              picture.height, picture.bytes, took.count());
    context_.signals.outbox.notify();
  }
  // A conflict says that another worker has brought it to an end.
  co_return Result<void>{};
}

Task<void> ResultWorker::settle(domain::Generation job, Error error) {
  log::warn(job.id, "keeping: {} {}", code_of(error.code), error.detail);
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (may_pass(error, job.tries)) {
    const Policy& policy = context_.policy;
    steps::hand_back(unit, job, doubled(policy.store_backoff, job.tries, policy.store_backoff_last), true);
  } else {
    steps::fail(unit, job, error.code);
    end_without_picture(context_, unit, job, Meaning::job_failed, error.code);
  }
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.outbox.notify();
    context_.signals.store.notify();
  }
}

}  // namespace aisha::services
