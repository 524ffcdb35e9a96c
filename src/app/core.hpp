// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "app/meters.hpp"
#include "app/product.hpp"
#include "app/role.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "catalog/model_registry.hpp"
#include "catalog/template_manager.hpp"
#include "providers/fal/fal_client.hpp"
#include "services/following.hpp"
#include "services/generations.hpp"
#include "services/ground.hpp"
#include "services/inbox.hpp"
#include "services/policy.hpp"
#include "services/provider_gate.hpp"
#include "services/provider_news.hpp"
#include "sql/hints.hpp"
#include "telegram/client.hpp"

namespace aisha::app {

struct Catalogue {
  std::unique_ptr<catalog::TemplateManager> templates;
  catalog::ModelRegistry models;
};

/// Errc::catalog_invalid.
Result<Catalogue> load_catalogue(const config::Config& config);

/// What every role stands on. Members stand in the order in which they are made: each uses only those above it.
struct Core {
  Core(Executor executor, const config::Config& config, Role role, Outside out, Catalogue loaded);

  services::Catalog catalog_view() const { return {*catalogue.templates, catalogue.models}; }
  void share_bells(const config::Config& config);
  services::ProviderSide provider_side() { return {provider, gate, news, catalogue.models}; }

  Executor loop;
  MeteredBlobs metered_blobs;
  MeteredCache metered_cache;
  Outside outside;  ///< with the metered store and cache
  SystemClock clock;
  SystemRng rng;
  services::Policy policy;
  Catalogue catalogue;
  services::Signals signals;
  services::Figures figures;
  services::Ground ground;
  services::ProviderGate gate;
  services::Inbox inbox;
  providers::fal::FalClient fal;
  MeteredProvider provider;
  services::ProviderNews news;
  MeteredTelegram telegram_http;
  telegram::Client telegram;
  std::unique_ptr<sql::Hints> hints;  ///< carries the doorbells between processes; null where there can be one only
};

}  // namespace aisha::app
