// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>

#include "catalog/model_registry.hpp"
#include "domain/generation.hpp"
#include "providers/image_generator.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/provider_state.hpp"
#include "services/jobs/result_intake.hpp"

namespace aisha::services {

/// What following a generation at the provider needs beside the context.
struct ProviderSide {
  providers::ImageGenerator& provider;
  ProviderState& gate;
  ResultIntake& news;
  const catalog::ModelRegistry& models;
};

/// Asks the provider about running generations and tells the person what changed.
class PollWorker final : public Worker {
 public:
  PollWorker(Context context, ProviderSide side) : context_(context), side_(side) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Generation job, providers::RemoteJob remote);
  Task<void> completed(domain::Generation job, providers::RemoteJob remote);
  Task<void> show(domain::Generation job, providers::RemoteStatus status);
  void trouble(const domain::Generation& job, const Error& error);

  Context context_;
  ProviderSide side_;
  std::map<Uuid, std::pair<TimePoint, std::string>> shown_;  // last status told here, and when
};

}  // namespace aisha::services
