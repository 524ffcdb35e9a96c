// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "catalog/model_registry.hpp"
#include "domain/generation.hpp"
#include "providers/image_generator.hpp"
#include "stores/jobs/job_steps.hpp"

/// From our rows to the provider's names (inside this folder only).
namespace aisha::services {

providers::RemoteJob remote_of(const domain::Generation& job, const stores::job_steps::Accepted& accepted);
providers::OutputShape shape_of(const catalog::ModelRegistry& models, const std::string& endpoint);

}  // namespace aisha::services
