// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "domain/generation.hpp"
#include "providers/image_generator.hpp"
#include "services/ground.hpp"
#include "services/provider_gate.hpp"
#include "services/steps.hpp"

namespace aisha::services {

/// queued -> submitting -> running | queued | unconfirmed | failed. The intent is written before the provider is asked;
/// an answer is written whatever the database does meanwhile, as long as the process lives.
class Submitting final : public Steps {
 public:
  Submitting(Ground ground, providers::ImageGenerator& provider, ProviderGate& gate)
      : ground_(ground), provider_(provider), gate_(gate) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Generation job);
  Task<void> accepted(domain::Generation job, std::string token, providers::RemoteJob remote);
  Task<bool> write_accepted(domain::Generation job, std::string token, providers::RemoteJob remote);
  Task<void> refused(domain::Generation job, std::string token, Error error);
  Task<void> unknown(domain::Generation job);

  Ground ground_;
  providers::ImageGenerator& provider_;
  ProviderGate& gate_;
};

}  // namespace aisha::services
