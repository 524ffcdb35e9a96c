// SPDX-License-Identifier: Apache-2.0
#include "app/catalogue/models_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/catalogue/model_pages.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/cache_engine.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/rng.hpp"
#include "http/client/client.hpp"
#include "services/generations/model_check.hpp"
#include "stores/jobs/model_states.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
namespace states = stores::model_states;

/// What these commands stand on; in the order in which it is made.
struct Bench {
  asio::io_context loop{1};
  metrics::Registry metrics;
  SystemRng rng;
  std::unique_ptr<catalog::ModelManager> models;
  OpenDatabase database;
};

Result<std::unique_ptr<Bench>> open_bench(const config::Config& config) {
  auto out = std::make_unique<Bench>();
  auto models = catalog::ModelManager::load(catalog::Source{config.catalog_dir});
  if (!models) {
    return std::unexpected(models.error());
  }
  auto database = open_database(out->loop.get_executor(), config, out->metrics);
  if (!database) {
    return std::unexpected(database.error());
  }
  out->models = std::move(*models);
  out->database = std::move(*database);
  return out;
}

json::Object as_json(const catalog::Model& row, const states::State& state) {
  return {{"id", row.id},           {"endpoint", row.endpoint}, {"avatar", catalog::text_of(row.avatar.pass)},
          {"is_off", state.is_off}, {"reason", state.reason},   {"price", state.price_seen}};
}

const char* word_of(const services::ModelLook& look) {
  switch (look.found) {
    case services::ModelLook::Found::listed: return look.is_dearer ? "another price" : "listed";
    case services::ModelLook::Found::missing: return "not listed";
    case services::ModelLook::Found::unknown: return "not asked";
  }
  return "";
}

}  // namespace

Result<void> list_models_command(const config::Config& config, const ModelsWanted& wanted) {
  const auto models = catalog::ModelManager::load(catalog::Source{config.catalog_dir});
  if (!models) {
    return std::unexpected(models.error());
  }
  asio::io_context loop(1);
  auto database = open_snapshot(loop.get_executor(), config);
  if (!database) {
    return std::unexpected(database.error());
  }
  SystemRng rng;
  stores::UnitOfWork unit(**database, rng);
  const auto all = wait_for(loop, states::all(unit));
  json::Array rows;
  for (const catalog::ModelRef& row : (*models)->all()) {
    const auto found = std::ranges::find(all, row->endpoint, &states::State::endpoint);
    const states::State state = found == all.end() ? states::State{} : *found;
    if (wanted.as_json) {
      rows.push_back(as_json(*row, state));
    } else {
      fmt::print("{:<24} {:<40} {:<10} {}\n", row->id, row->endpoint, catalog::text_of(row->avatar.pass),
                 state.is_off ? fmt::format("off since {}: {}", to_iso8601(state.changed_at), state.reason) : "on");
    }
  }
  if (wanted.as_json) {
    fmt::print("{}\n", json::serialize(rows));
  }
  return {};
}

Result<int> check_models_command(const config::Config& config) {
  const auto bench = open_bench(config);
  if (!bench) {
    return std::unexpected(bench.error());
  }
  asio::io_context& loop = (*bench)->loop;
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  const auto cache = open_cache(loop.get_executor(), config);
  if (!cache) {
    return std::unexpected(cache.error());
  }
  SystemClock clock(loop.get_executor());
  services::Policy policy = policy_of(config);
  services::Signals signals(loop.get_executor());
  services::ServiceMetrics figures((*bench)->metrics);
  const services::Context context{
      *(*bench)->database.database, clock, (*bench)->rng, policy, signals, figures, *cache->cache, *cache->rates};
  services::ModelSwitch states(context, *(*bench)->models);
  providers::fal::FalPlatform prices(*http, platform_options_of(config));
  services::ModelCheck check(context, *(*bench)->models, prices, states);
  int status = 0;
  for (const services::ModelLook& look : wait_for(loop, check.look())) {
    const bool fine = look.found == services::ModelLook::Found::listed && !look.is_dearer;
    status = fine ? status : 1;
    fmt::print("{:<24} {:<40} {}{}{}\n", look.id, look.endpoint, word_of(look),
               look.price.empty() ? "" : ", " + look.price, look.trouble.empty() ? "" : ": " + look.trouble);
    if (look.switched) {
      fmt::print("{:<24} switched {}\n", look.id, look.found == services::ModelLook::Found::missing ? "off" : "on");
    }
  }
  return status;
}

Result<void> switch_model_command(const config::Config& config, const ModelsWanted& wanted, bool on) {
  const auto bench = open_bench(config);
  if (!bench) {
    return std::unexpected(bench.error());
  }
  const auto row = (*bench)->models->find(wanted.id);
  if (row == nullptr) {
    return fail(Errc::not_found, fmt::format("there is no model \"{}\"; `aisha models list` names them", wanted.id));
  }
  stores::UnitOfWork unit(*(*bench)->database.database, (*bench)->rng);
  const bool changed = wait_for((*bench)->loop, on ? states::switch_on(unit, row->endpoint)
                                                   : states::switch_off(unit, row->endpoint, "operator"));
  fmt::print("{} is {}{}\n", row->id, changed ? "" : "already ", on ? "on" : "off");
  return {};
}

Result<void> write_model_pages_command(const std::string& catalog_dir, const std::string& folder) {
  const auto models = catalog::ModelManager::load(catalog::Source{catalog_dir});
  if (!models) {
    return std::unexpected(models.error());
  }
  for (const catalog::ModelRef& row : (*models)->all()) {
    const fs::path path = fs::path(folder) / (row->id + ".md");
    std::ifstream in(path, std::ios::binary);
    const std::string before{std::istreambuf_iterator<char>(in), {}};
    const auto page = with_tables(before, *row);
    if (!page) {
      return fail(Errc::not_found, fmt::format("{}: no page with a place for the tables", path.string()));
    }
    if (*page != before) {
      std::ofstream(path, std::ios::binary) << *page;
      fmt::print("{}\n", path.string());
    }
  }
  return {};
}

}  // namespace aisha::app
