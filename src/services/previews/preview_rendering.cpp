// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_rendering.hpp"

#include <type_traits>
#include <utility>

#include "base/backoff.hpp"
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "catalog/models/model_input.hpp"
#include "catalog/templates/preview_index.hpp"
#include "domain/defect.hpp"
#include "domain/prompt.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kQuality = "balanced";
constexpr std::string_view kRatio = "1:1";
constexpr Millis kFirstPause{500};
constexpr Millis kLastPause{4'000};
constexpr int kTries = 6;
constexpr int kDecoderTries = 2;

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
bool may_be_taken(Errc code, int tries) {
  return (code == Errc::net_not_sent || code == Errc::provider_busy) && tries < kTries;
}

/// Of what is made and paid for: asking again costs nothing.
bool may_pass(Errc code, int tries) {
  switch (code) {
    case Errc::unavailable:
    case Errc::download_timeout:
    case Errc::provider_busy: return tries < kTries;
    case Errc::image_decoder_failed: return tries < kDecoderTries;
    default: return false;
  }
}

/// Asks until it succeeds or `is_passing` says, of a code after so many tries, that it will not.
template <class Ask>
std::invoke_result_t<Ask> tried(Clock& clock, Ask ask, bool (*is_passing)(Errc code, int tries)) {
  for (int tries = 1;; ++tries) {
    auto answer = co_await ask();
    if (answer || !is_passing(answer.error().code, tries)) {
      co_return answer;
    }
    const Millis pause = doubled(kFirstPause, tries - 1, kLastPause);
    co_await clock.sleep(pause);
  }
}

}  // namespace

catalog::ModelRef PreviewRendering::model_of(const PreviewAvatar& avatar) const {
  catalog::ModelWish wish;
  wish.pass = avatar.lora_url.empty() ? catalog::AvatarPass::finetune : catalog::AvatarPass::lora;
  wish.family = domain::kLoraFamily;
  wish.quality = kQuality;
  return ports_.models.choose(wish);
}

std::int64_t PreviewRendering::cost_micro_usd(const PreviewAvatar& avatar) const {
  const auto model = model_of(avatar);
  if (model == nullptr) {
    return 0;
  }
  const auto size = model->size(kQuality, kRatio);
  return model->cost_micro_usd(kQuality, size.value_or(catalog::Size{}));
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
  const auto model = model_of(avatar);
  if (model == nullptr) {
    return fail(Errc::provider_gone, "no model serves this avatar");
  }
  const auto input = model->input(spec);
  if (!input) {
    return std::unexpected(input.error());
  }
  return providers::Submission{model->endpoint, json::serialize(*input), {}};
}

Task<Result<std::string>> PreviewRendering::render(PreviewOrder order, PreviewAvatar avatar) {
  auto asked = submission(order, avatar);
  if (!asked) {
    co_return std::unexpected(asked.error());
  }
  const auto submit = [&] { return ports_.provider.submit(*asked); };
  auto job = co_await tried(ports_.clock, submit, may_be_taken);
  if (!job) {
    co_return std::unexpected(job.error());
  }
  const auto made = co_await wait_until_made(*job);
  if (!made) {
    co_return std::unexpected(made.error());
  }
  auto picture = co_await fetch(std::move(*job), avatar);
  if (!picture) {
    co_return picture;
  }
  co_return co_await made_small(std::move(*picture));
}

Task<Result<std::string>> PreviewRendering::fetch(providers::RemoteJob job, PreviewAvatar avatar) {
  const auto model = model_of(avatar);
  const providers::OutputShape shape =
      model == nullptr ? providers::OutputShape{} : providers::OutputShape{model->images_field, model->nsfw_field};
  const auto ask = [&] { return ports_.provider.result(job, shape); };
  auto result = co_await tried(ports_.clock, ask, may_pass);
  if (!result) {
    co_return std::unexpected(result.error());
  }
  providers::RemotePicture& picture = result->pictures.front();
  if (picture.nsfw) {
    co_return fail(Errc::provider_nsfw, "the provider blanked it");
  }
  if (picture.url.empty()) {
    co_return std::move(picture.bytes);
  }
  const auto download = [&] { return ports_.provider.download(picture.url); };
  co_return co_await tried(ports_.clock, download, may_pass);
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

/// Looked at as people's pictures are; what is kept is made by the process that decodes.
Task<Result<std::string>> PreviewRendering::made_small(std::string picture) {
  const auto inspect = [&] { return ports_.imager.inspect(picture); };
  const auto seen = co_await tried(ports_.clock, inspect, may_pass);
  if (!seen) {
    co_return std::unexpected(seen.error());
  }
  const imaging::Looks& looks = seen->looks;
  const domain::PictureLooks judged{seen->width, seen->height, looks.deviation, looks.highlight, looks.sharpness};
  if (const auto defect = domain::defect_of(judged, {})) {
    co_return fail(Errc::result_defect, std::string(domain::text_of(*defect)));
  }
  const imaging::ResizeSpec spec{.width = catalog::kPreviewSide,
                                 .height = catalog::kPreviewSide,
                                 .crop = true,
                                 .most_bytes = catalog::kPreviewBytes};
  const auto resize = [&] { return ports_.imager.resize(picture, spec); };
  co_return co_await tried(ports_.clock, resize, may_pass);
}

}  // namespace aisha::services
