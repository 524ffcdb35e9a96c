// SPDX-License-Identifier: Apache-2.0
#include "services/generations/picture_keeping.hpp"

#include <utility>

#include "base/encoding.hpp"
#include "base/hashing.hpp"
#include "base/log.hpp"
#include "cache/keys.hpp"
#include "cache/recall.hpp"
#include "services/jobs/remote.hpp"
#include "services/jobs/result_intake.hpp"
#include "stores/pictures/requests.hpp"

namespace aisha::services {
namespace {

namespace requests = stores::requests;

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

}  // namespace

providers::OutputShape shape_of(const catalog::ModelManager& models, const domain::Job& job) {
  providers::OutputShape out;
  if (const auto model = models.by_endpoint(job.model); model != nullptr) {
    out.images_field = model->images_field;
    out.nsfw_field = model->nsfw_field;
  }
  return out;
}

Task<Result<std::unique_ptr<Kept>>> PictureKeeping::keep(domain::Job job, std::string result) {
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

std::optional<BilledCost> PictureKeeping::billed_for(const std::string& endpoint, const std::string& result) const {
  auto read = read_result(result);
  const auto model = tools_.models.by_endpoint(endpoint);
  if (!read || read->billable_units.empty() || model == nullptr) {
    return std::nullopt;
  }
  const auto cost = model->cost_of_units(read->billable_units);
  return cost ? std::optional(BilledCost{*cost, std::move(read->billable_units)}) : std::nullopt;
}

Task<Wanted> PictureKeeping::wanted(Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto found = co_await requests::follow(unit, id);
  if (!found) {
    co_return Wanted{};
  }
  co_return wanted_of(tools_.models, found->picture, found->avatar);
}

// What ends too soon may have been cut on its way: it is fetched once more before it is called truncated.
Task<Result<PictureKeeping::Checked>> PictureKeeping::check(domain::Job job, std::string result, Wanted wanted) {
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

Task<Result<std::string>> PictureKeeping::fetch(domain::Job job, std::string result) {
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
Task<Result<std::string>> PictureKeeping::fetch_again(domain::Job job) {
  if (job.request_id.empty()) {
    co_return fail(Errc::result_gone);
  }
  auto result = co_await tools_.provider.result(remote_of(job), shape_of(tools_.models, job));
  if (!result) {
    co_return std::unexpected(result.error());
  }
  co_return co_await tools_.provider.download(std::move(result->pictures.front().url));
}

Task<Result<domain::PictureObject>> PictureKeeping::store(domain::Job job, Checked picture) {
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

}  // namespace aisha::services
