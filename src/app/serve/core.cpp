// SPDX-License-Identifier: Apache-2.0
#include "app/serve/core.hpp"

#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "catalog/prompts/moderation_parser.hpp"
#include "telegram/bot_token.hpp"

namespace aisha::app {
namespace {

constexpr Millis kUsualTimes{30'000};
constexpr Millis kProviderState{2'000};
constexpr Millis kTastes{60'000};
constexpr Millis kCatalogueWatch{2'000};

}  // namespace

Result<Catalogue> load_catalogue(const config::Config& config) {
  const catalog::Source source{config.catalog_dir};
  auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return std::unexpected(templates.error());
  }
  auto models = catalog::ModelManager::load(source);
  if (!models) {
    return std::unexpected(models.error());
  }
  auto rules = catalog::read_moderation(catalog::Source{config.prompts.moderation_dir});
  if (!rules) {
    return std::unexpected(rules.error());
  }
  auto ideas = catalog::Ideas::load(catalog::Source{});
  if (!ideas) {
    return std::unexpected(ideas.error());
  }
  return Catalogue{std::move(*templates), std::move(*models), std::make_unique<services::PromptGate>(std::move(*rules)),
                   std::move(*ideas)};
}

Core::Core(Executor executor, const config::Config& config, services::Policy pace, Role role, Clients out,
           const Catalogue& loaded)
    : loop(executor),
      metered_blobs(out.blobs, out.metrics),
      metered_cache(out.cache, out.metrics),
      clients{out.clock,     out.rng,    out.database, metered_cache, out.rates,
              metered_blobs, out.imager, out.http,     out.metrics,   out.pool},
      policy(std::move(pace)),
      catalogue(loaded),
      signals(executor),
      service_metrics(out.metrics),
      context{clients.database, clients.clock,   clients.rng,   policy,
              signals,          service_metrics, clients.cache, clients.rates},
      provider_state(context),
      inbox(context, telegram::bot_id_of(config.telegram.token.reveal()).value_or(0),
            talks(role) ? services::Handled::here : services::Handled::elsewhere),
      fal(clients.http, fal_options_of(config)),
      provider(fal, clients.metrics),
      usual_times(context, *catalogue.models),
      model_switch(context, *catalogue.models),
      platform(clients.http, platform_options_of(config)),
      tastes(context, *catalogue.templates),
      previews(*catalogue.templates),
      preview_watch(clients.blobs, clients.imager, previews),
      handover(context, provider, clients.blobs),
      pictures(context,
               {provider, clients.imager, clients.blobs, *catalogue.models, usual_times, model_switch, handover}),
      result_intake(context, kinds()),
      telegram_http(clients.http, clients.metrics),
      telegram(config.telegram.token, config.telegram.api_root, telegram_http, patience_of(config)) {
  share_signals(config);
  std::vector<services::Watched> watched;
  if (!config.catalog_dir.empty()) {
    watched.push_back(services::watched_styles(catalog::Source{config.catalog_dir}, *catalogue.templates));
    watched.push_back(services::watched_models(catalog::Source{config.catalog_dir}, *catalogue.models));
  }
  if (!config.prompts.moderation_dir.empty()) {
    watched.push_back(services::watched_rules(catalog::Source{config.prompts.moderation_dir}, *catalogue.gate));
  }
  if (!watched.empty()) {
    catalogue_watch.emplace(context, loop, std::move(watched));
  }
}

void Core::drive(loops::Loops& loops) {
  loops.repeat("usual times", usual_times, kUsualTimes);
  loops.repeat("provider state", provider_state, kProviderState);
  loops.repeat("model switch", model_switch, kProviderState);
  loops.repeat("tastes", tastes, kTastes);
  if (catalogue_watch) {
    loops.repeat("catalogue", *catalogue_watch, kCatalogueWatch);
  }
}

void Core::share_signals(const config::Config& config) {
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
