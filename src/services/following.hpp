// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>

#include "catalog/model_registry.hpp"
#include "domain/generation.hpp"
#include "providers/image_generator.hpp"
#include "services/ground.hpp"
#include "services/provider_gate.hpp"
#include "services/provider_news.hpp"
#include "services/steps.hpp"

namespace aisha::services {

/// What following a generation at the provider needs beside the ground.
struct ProviderSide {
  providers::ImageGenerator& provider;
  ProviderGate& gate;
  ProviderNews& news;
  const catalog::ModelRegistry& models;
};

/// Asks the provider about running generations and tells the person what changed.
class Following final : public Steps {
 public:
  Following(Ground ground, ProviderSide side) : ground_(ground), side_(side) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Generation job, providers::RemoteJob remote);
  Task<void> completed(domain::Generation job, providers::RemoteJob remote);
  Task<void> show(domain::Generation job, providers::RemoteStatus status);
  void trouble(const domain::Generation& job, const Error& error);

  Ground ground_;
  ProviderSide side_;
  std::map<Uuid, std::pair<TimePoint, std::string>> shown_;  // last status told here, and when
};

}  // namespace aisha::services
