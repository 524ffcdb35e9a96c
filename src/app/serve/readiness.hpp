// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "app/serve/core.hpp"
#include "app/serve/update_sources.hpp"
#include "web/health/health.hpp"

namespace aisha::app {

/// Database and pictures are looked at, once in a few seconds however often it is asked; of Telegram it tells what this
/// process has met with lately, of fal what all have. A process that is to take updates is ready while Telegram is
/// heard.
class CoreReadiness final : public web::Readiness {
 public:
  CoreReadiness(Core& core, const Updates& updates) : core_(core), updates_(updates) {}

  Task<std::vector<web::Dependency>> look() override;

 private:
  Task<web::Dependency> database();
  Task<web::Dependency> blobs();
  web::Dependency telegram() const;
  web::Dependency fal() const;
  web::Dependency catalogue() const;

  Core& core_;
  const Updates& updates_;
  std::vector<web::Dependency> seen_;
  TimePoint seen_at_{};
};

}  // namespace aisha::app
