// SPDX-License-Identifier: Apache-2.0
#include "services/generations/model_switch.hpp"

#include "base/log.hpp"
#include "catalog/models/model_manager.hpp"
#include "stores/jobs/model_states.hpp"

namespace aisha::services {

namespace states = stores::model_states;

Task<void> ModelSwitch::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto all = co_await states::all(unit);
  std::set<std::string> off;
  for (const states::State& state : all) {
    if (state.is_off) {
      off.insert(state.endpoint);
    }
  }
  learn(std::move(off));
}

Task<void> ModelSwitch::gone(std::string endpoint) {
  auto off = models_.off();
  off.insert(endpoint);
  learn(std::move(off));
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool first = co_await states::switch_off(unit, endpoint, code_of(Errc::provider_gone));
  if (first) {
    log::error("the provider has {} no more: it is switched off; `aisha models on` brings it back", endpoint);
  }
}

void ModelSwitch::learn(std::set<std::string> off) {
  auto& registry = context_.metrics.registry();
  for (const auto& row : models_.all()) {
    const bool is_off = off.contains(row->endpoint);
    registry.gauge("aisha_model_off", "1 while the endpoint is switched off.", {{"endpoint", row->endpoint}})
        .set(is_off ? 1 : 0);
  }
  models_.put_off(std::move(off));
}

}  // namespace aisha::services
