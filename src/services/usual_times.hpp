// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "services/ground.hpp"
#include "services/provider_gate.hpp"

namespace aisha::services {

/// Tells a fresh process how long pictures took during the last week.
Task<void> recall_usual_times(Ground ground, ProviderGate& gate);

}  // namespace aisha::services
