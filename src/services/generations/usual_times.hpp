// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>

#include "catalog/models/model_manager.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::services {

/// How long pictures take, for the promises on cards: the median of each model's last pictures of the days that jobs
/// are kept, by whichever process they were made. Read from time to time; nothing is known before the first run, nor of
/// a model that nobody used lately. Loop thread only.
class UsualTimes final : public Chore {
 public:
  UsualTimes(Context context, const catalog::ModelManager& models) : context_(context), models_(models) {}

  Task<void> run() override;
  /// In seconds, at least 1.
  std::optional<int> seconds(const std::string& model) const;

 private:
  Context context_;
  const catalog::ModelManager& models_;
  std::map<std::string, int> seconds_;
};

}  // namespace aisha::services
