// SPDX-License-Identifier: Apache-2.0
#include "app/core.hpp"

#include "app/engines.hpp"
#include "app/policy.hpp"

namespace aisha::app {

Result<Catalogue> load_catalogue(const config::Config& config) {
  const catalog::Source source{config.catalog_dir};
  auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return std::unexpected(templates.error());
  }
  auto models = catalog::ModelRegistry::load(source);
  if (!models) {
    return std::unexpected(models.error());
  }
  return Catalogue{std::move(*templates), std::move(*models)};
}

Core::Core(Executor executor, const config::Config& config, Role role, Outside out, Catalogue loaded)
    : loop(executor),
      outside(out),
      clock(executor),
      policy(policy_of(config)),
      catalogue(std::move(loaded)),
      signals(executor),
      ground{outside.database, clock, rng, policy, signals, outside.cache, outside.rates},
      inbox(ground, talks(role) ? services::Handled::here : services::Handled::elsewhere),
      provider(outside.http, fal_options_of(config)),
      news(ground),
      telegram(config.telegram.token, config.telegram.api_root, outside.http, patience_of(config)) {
  share_bells(config);
}

void Core::share_bells(const config::Config& config) {
  hints = share_hints(loop, config, [this](const std::string& topic) {
    signals.each([&](std::string_view name, services::Signal& bell) {
      // After a gap anything may wait.
      if (topic.empty() || topic == name) {
        bell.ring();
      }
    });
  });
  if (!hints) {
    return;
  }
  signals.each(
      [this](std::string_view name, services::Signal& bell) { bell.tell([this, name] { hints->tell(name); }); });
}

}  // namespace aisha::app
