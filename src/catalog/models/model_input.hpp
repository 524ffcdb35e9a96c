// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/models/model.hpp"

namespace aisha::catalog {

/// What a person or a template asks for.
struct GenerationSpec {
  std::string prompt;
  std::string quality;                  ///< preset name; empty or kAuto = the best one without a surcharge
  std::string aspect_ratio;             ///< "3:4"; empty = the model's default
  std::string avatar;                   ///< LoRA URL or finetune id, by AvatarPass
  std::vector<std::string> references;  ///< addresses of photos, the best first
  std::string source;                   ///< address of the finished picture to start from; "" = none
  std::size_t source_step = 1;          ///< place in SourceRule::steps
  std::optional<double> strength;       ///< of the avatar; unset = the model's own default
  std::optional<std::int64_t> seed;     ///< left out where the endpoint takes none
};

}  // namespace aisha::catalog
