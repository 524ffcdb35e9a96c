// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "app/serve/core.hpp"
#include "web/health/health.hpp"

namespace aisha::app {

/// Database and pictures are looked at, once in a few seconds however often it is asked; of Telegram and fal it tells
/// what this process has met with lately.
class CoreReadiness final : public web::Readiness {
 public:
  explicit CoreReadiness(Core& core) : core_(core) {}

  Task<std::vector<web::Dependency>> look() override;

 private:
  Task<web::Dependency> database();
  Task<web::Dependency> blobs();
  web::Dependency telegram() const;
  web::Dependency fal() const;

  Core& core_;
  std::vector<web::Dependency> seen_;
  TimePoint seen_at_{};
};

}  // namespace aisha::app
