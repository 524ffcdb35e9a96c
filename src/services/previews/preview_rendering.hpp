// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "catalog/models/model_manager.hpp"
#include "domain/avatar.hpp"
#include "imaging/imager.hpp"
#include "providers/image_generator.hpp"

namespace aisha::services {

/// Who stands in front of the styles: one of the two addresses is "".
struct PreviewAvatar {
  std::string lora_url;
  std::string finetune_id;
  std::string trigger;
};

/// A preview to be made.
struct PreviewOrder {
  std::string style;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::string prompt;  ///< of the style, without the avatar's trigger
};

/// Makes previews at the provider as people's pictures are made there, but for nobody.
class PreviewRendering {
 public:
  struct Ports {
    providers::ImageGenerator& provider;
    imaging::Imager& imager;
    Clock& clock;
    const catalog::ModelManager& models;
  };
  /// `deadline`: of one picture.
  PreviewRendering(Ports ports, Millis deadline) : ports_(ports), deadline_(deadline) {}

  /// JPEG of a preview's sides. The same style is asked for with the same seed each time. Errors: those of
  /// providers::ImageGenerator, catalog::Model::input and imaging::Imager; provider_nsfw, result_defect, job_deadline.
  /// After net_unknown and provider_protocol the provider may have made it all the same. What is made is asked for
  /// several times: it is paid for.
  Task<Result<std::string>> render(PreviewOrder order, PreviewAvatar avatar);

  /// What the provider asks for one, in millionths of a US dollar.
  std::int64_t cost_micro_usd(const PreviewAvatar& avatar) const;

 private:
  /// nullptr: none serves it.
  catalog::ModelRef model_of(const PreviewAvatar& avatar) const;
  Result<providers::Submission> submission(const PreviewOrder& order, const PreviewAvatar& avatar) const;
  Task<Result<void>> wait_until_made(providers::RemoteJob job);
  Task<Result<std::string>> fetch(providers::RemoteJob job, PreviewAvatar avatar);
  Task<Result<std::string>> made_small(std::string picture);

  Ports ports_;
  Millis deadline_;
};

}  // namespace aisha::services
