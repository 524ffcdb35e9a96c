// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "services/generations/request.hpp"

namespace aisha::services {

/// An order made exact: a picture and the work for it, without their place in the chat (inside this folder only).
struct Generations::Plan {
  domain::Picture picture;
  std::string input;                ///< the exact JSON the provider gets
  std::int64_t cost_micro_usd = 0;  ///< that an attempt is expected to cost
  Millis patience{0};               ///< from the tap; then the coins return
};

/// The same picture by a row that is on; nothing when none can make it.
std::optional<Elsewhere> plan_elsewhere(const catalog::ModelManager& models, const domain::Picture& picture,
                                        const domain::Avatar& avatar);

}  // namespace aisha::services
