// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "domain/generation.hpp"
#include "providers/image_generator.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/provider_state.hpp"

namespace aisha::services {

/// queued -> submitting -> running | queued | unconfirmed | failed. The intent is written before the provider is asked;
/// an answer is written whatever the database does meanwhile, as long as the process lives.
class SubmitWorker final : public Worker {
 public:
  SubmitWorker(Context context, providers::ImageGenerator& provider, ProviderState& gate)
      : context_(context), provider_(provider), gate_(gate) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Generation job);
  Task<void> accepted(domain::Generation job, std::string token, providers::RemoteJob remote);
  Task<bool> write_accepted(domain::Generation job, std::string token, providers::RemoteJob remote);
  Task<void> refused(domain::Generation job, std::string token, Error error);
  Task<void> unknown(domain::Generation job);

  Context context_;
  providers::ImageGenerator& provider_;
  ProviderState& gate_;
};

}  // namespace aisha::services
