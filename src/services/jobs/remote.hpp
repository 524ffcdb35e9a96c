// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "domain/job.hpp"
#include "providers/image_generator.hpp"

namespace aisha::services {

class ProviderState;
class ResultIntake;

/// The provider and what this process keeps about it. The composition root owns all three.
struct ProviderLink {
  providers::ImageGenerator& provider;
  ProviderState& state;
  ResultIntake& intake;
};

/// The provider's names of the attempt that runs for this job.
providers::RemoteJob remote_of(const domain::Job& job);

}  // namespace aisha::services
