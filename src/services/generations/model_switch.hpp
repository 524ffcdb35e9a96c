// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::catalog {
class ModelManager;
}
namespace aisha::services {

/// Keeps this process's models switched off that the database says are off. Loop thread only.
class ModelSwitch final : public Chore {
 public:
  ModelSwitch(Context context, catalog::ModelManager& models) : context_(context), models_(models) {}

  /// Renews the copy. Throws sql::Outage.
  Task<void> run() override;
  /// The provider has the endpoint no more: off for all processes from now on, told once. Throws sql::Outage.
  Task<void> gone(std::string endpoint);

 private:
  void learn(std::set<std::string> off);

  Context context_;
  catalog::ModelManager& models_;
};

}  // namespace aisha::services
