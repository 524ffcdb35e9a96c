// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "catalog/templates/template_manager.hpp"
#include "services/generations/request.hpp"
#include "services/preparing/materials.hpp"

namespace aisha::services {

/// An order made exact: a picture and the work for it, without their place in the chat (inside this folder only).
struct Generations::Plan {
  domain::Picture picture;
  std::string input;  ///< the exact JSON the provider gets, once it has what it wants
  Wants wants;
  std::int64_t cost_micro_usd = 0;  ///< that an attempt is expected to cost
  Millis patience{0};               ///< from the tap; then the coins return
};

/// What a plan is made of.
struct Generations::Ingredients {
  const domain::Avatar& avatar;
  const catalog::TemplateRef& style;  ///< null: own words
  const Materials& materials;
};

/// The same picture by a row that is on; nothing when none can make it. Its input waits for `files`.
struct Detour {
  Elsewhere to;
  std::vector<WantedFile> files;
};
std::optional<Detour> plan_elsewhere(const catalog::ModelManager& models, const domain::Picture& picture,
                                     const domain::Avatar& avatar, const Materials& materials);

}  // namespace aisha::services
