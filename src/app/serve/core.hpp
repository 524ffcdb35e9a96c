// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <memory>
#include <optional>

#include "app/metrics/metered_clients.hpp"
#include "app/serve/product.hpp"
#include "app/serve/role.hpp"
#include "catalog/models/model_manager.hpp"
#include "catalog/prompts/ideas.hpp"
#include "catalog/templates/template_manager.hpp"
#include "config/config.hpp"
#include "loops/loops.hpp"
#include "providers/fal/fal_client.hpp"
#include "providers/fal/fal_platform.hpp"
#include "services/context/context.hpp"
#include "services/context/policy.hpp"
#include "services/generations/model_switch.hpp"
#include "services/generations/picture_kind.hpp"
#include "services/generations/prompt_gate.hpp"
#include "services/generations/request.hpp"
#include "services/generations/usual_times.hpp"
#include "services/inbox/inbox.hpp"
#include "services/jobs/provider_state.hpp"
#include "services/jobs/remote.hpp"
#include "services/jobs/result_intake.hpp"
#include "services/preparing/handover.hpp"
#include "services/previews/preview_watch.hpp"
#include "services/previews/previews.hpp"
#include "services/tastes/tastes.hpp"
#include "services/upkeep/catalogue_watch.hpp"
#include "sql/hints.hpp"
#include "telegram/bot_api.hpp"

namespace aisha::app {

struct Catalogue {
  std::unique_ptr<catalog::TemplateManager> templates;
  std::unique_ptr<catalog::ModelManager> models;
  std::unique_ptr<services::PromptGate> gate;
  catalog::Ideas ideas;
};

/// Errc::catalog_invalid.
Result<Catalogue> load_catalogue(const config::Config& config);

/// What every role stands on. Members stand in the order in which they are made: each uses only those above it.
struct Core {
  /// `loaded` outlives it.
  Core(Executor executor, const config::Config& config, services::Policy pace, Role role, Clients out,
       const Catalogue& loaded);

  /// What every role goes over from time to time.
  void drive(loops::Loops& loops);
  services::Catalog catalog_view() const { return {*catalogue.templates, *catalogue.models}; }
  void share_signals(const config::Config& config);
  services::JobKinds kinds() const { return services::JobKinds(all_kinds); }
  services::ProviderLink provider_link() { return {provider, provider_state, result_intake}; }

  Executor loop;
  MeteredBlobs metered_blobs;
  MeteredCache metered_cache;
  Clients clients;  ///< with the metered store and cache
  services::Policy policy;
  const Catalogue& catalogue;
  services::Signals signals;
  services::ServiceMetrics service_metrics;
  services::Context context;
  services::ProviderState provider_state;
  services::Inbox inbox;
  providers::fal::FalClient fal;
  MeteredProvider provider;
  services::UsualTimes usual_times;
  services::ModelSwitch model_switch;
  providers::fal::FalPlatform platform;
  services::Tastes tastes;
  std::optional<services::CatalogueWatch> catalogue_watch;  ///< nothing for what is built in
  services::Previews previews;
  services::PreviewWatch preview_watch;  ///< driven where people are talked to: nobody else shows previews
  services::Handover handover;
  services::PictureKind pictures;
  std::array<services::JobKind*, 1> all_kinds{&pictures};
  services::ResultIntake result_intake;
  MeteredTelegram telegram_http;
  telegram::BotApi telegram;
  std::unique_ptr<sql::Hints> hints;  ///< carries the signals between processes; null where there can be one only
};

}  // namespace aisha::app
