// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_rendering.hpp"

#include <utility>

#include "base/backoff.hpp"
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "catalog/preview_index.hpp"
#include "domain/prompt.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kQuality = "balanced";
constexpr std::string_view kRatio = "1:1";
constexpr Millis kFirstPause{500};
constexpr Millis kLastPause{4'000};
constexpr int kTries = 6;

/// The same for a style each time: a prompt that changed shows what the change did.
std::int64_t seed_of(std::string_view style) {
  std::int64_t out = 0;
  const auto hash = encoding::sha256(style);
  for (std::size_t i = 0; i < 4; ++i) {
    out = (out << 8) | hash[i];
  }
  return out & 0x7fffffff;
}

/// Certainly not accepted, and may be the next time.
bool is_worth_another_try(Errc code) {
  return code == Errc::net_not_sent || code == Errc::provider_busy;
}

}  // namespace

const catalog::Model& PreviewRendering::model_of(const PreviewAvatar& avatar) const {
  return ports_.models.for_avatar(avatar.lora_url.empty() ? catalog::AvatarPass::finetune : catalog::AvatarPass::lora);
}

std::int64_t PreviewRendering::cost_micro_usd(const PreviewAvatar& avatar) const {
  const catalog::Model& model = model_of(avatar);
  const auto size = model.size(kQuality, kRatio);
  return model.cost_micro_usd(1, size.value_or(catalog::Size{}));
}

Result<providers::Submission> PreviewRendering::submission(const PreviewOrder& order,
                                                           const PreviewAvatar& avatar) const {
  domain::PromptParts parts;
  parts.trigger_phrase = avatar.trigger;
  parts.trigger_required = true;
  parts.body = order.prompt;
  auto prompt = domain::build_prompt(parts);
  if (!prompt) {
    return std::unexpected(prompt.error());
  }
  catalog::GenerationSpec spec;
  spec.prompt = std::move(*prompt);
  spec.quality = kQuality;
  spec.aspect_ratio = kRatio;
  spec.avatar = avatar.lora_url.empty() ? avatar.finetune_id : avatar.lora_url;
  spec.seed = seed_of(order.style);
  const catalog::Model& model = model_of(avatar);
  const auto input = model.input(spec);
  if (!input) {
    return std::unexpected(input.error());
  }
  return providers::Submission{model.endpoint, json::serialize(*input), {}};
}

Task<Result<std::string>> PreviewRendering::render(PreviewOrder order, PreviewAvatar avatar) {
  auto asked = submission(order, avatar);
  if (!asked) {
    co_return std::unexpected(asked.error());
  }
  auto job = co_await submit(std::move(*asked));
  if (!job) {
    co_return std::unexpected(job.error());
  }
  const auto made = co_await wait_until_made(*job);
  if (!made) {
    co_return std::unexpected(made.error());
  }
  const catalog::Model& model = model_of(avatar);
  auto result = co_await result_of(std::move(*job), model);
  if (!result) {
    co_return std::unexpected(result.error());
  }
  providers::RemotePicture& picture = result->pictures.front();
  if (picture.nsfw) {
    co_return fail(Errc::provider_nsfw, "the provider blanked it");
  }
  if (!picture.url.empty()) {
    auto bytes = co_await ports_.provider.download(std::move(picture.url));
    if (!bytes) {
      co_return bytes;
    }
    picture.bytes = std::move(*bytes);
  }
  co_return co_await made_small(std::move(picture.bytes));
}

Task<Result<providers::RemoteJob>> PreviewRendering::submit(providers::Submission submission) {
  for (int tries = 0;; ++tries) {
    auto job = co_await ports_.provider.submit(submission);
    if (job || !is_worth_another_try(job.error().code) || tries + 1 == kTries) {
      co_return job;
    }
    const Millis pause = doubled(kFirstPause, tries, kLastPause);
    co_await ports_.clock.sleep(pause);
  }
}

Task<Result<void>> PreviewRendering::wait_until_made(providers::RemoteJob job) {
  const TimePoint end = ports_.clock.now() + deadline_;
  for (int looks = 0; ports_.clock.now() < end; ++looks) {
    const auto status = co_await ports_.provider.status(job);
    if (status && status->phase == providers::RemoteStatus::Phase::completed) {
      co_return Result<void>();
    }
    if (!status && status.error().code != Errc::unavailable) {
      co_return std::unexpected(status.error());
    }
    const Millis pause = doubled(kFirstPause, looks, kLastPause);
    co_await ports_.clock.sleep(pause);
  }
  // What is not waited for need not be paid for.
  co_await ports_.provider.cancel(std::move(job));
  co_return fail(Errc::job_deadline, "the provider did not finish it in time");
}

Task<Result<providers::RemoteResult>> PreviewRendering::result_of(providers::RemoteJob job,
                                                                  const catalog::Model& model) {
  const providers::OutputShape shape{model.images_field, model.nsfw_field};
  for (int tries = 0;; ++tries) {
    auto result = co_await ports_.provider.result(job, shape);
    const bool passing =
        !result && (result.error().code == Errc::unavailable || result.error().code == Errc::provider_busy);
    if (!passing || tries + 1 == kTries) {
      co_return result;
    }
    const Millis pause = doubled(kFirstPause, tries, kLastPause);
    co_await ports_.clock.sleep(pause);
  }
}

/// Looked at as people's pictures are; what is kept is made by the process that decodes.
Task<Result<std::string>> PreviewRendering::made_small(std::string picture) {
  const auto seen = co_await ports_.imager.inspect(picture);
  if (!seen) {
    co_return std::unexpected(seen.error());
  }
  if (seen->blank) {
    co_return fail(Errc::provider_nsfw, "one flat colour");
  }
  const imaging::ResizeSpec spec{.width = catalog::kPreviewSide,
                                 .height = catalog::kPreviewSide,
                                 .crop = true,
                                 .most_bytes = catalog::kPreviewBytes};
  co_return co_await ports_.imager.resize(std::move(picture), spec);
}

}  // namespace aisha::services
