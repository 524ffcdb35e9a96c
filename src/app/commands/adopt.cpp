// SPDX-License-Identifier: Apache-2.0
#include "app/commands/adopt.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdio>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/cache_engine.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/rng.hpp"
#include "catalog/templates/template_manager.hpp"
#include "http/client/client.hpp"
#include "services/import/database_import.hpp"
#include "services/import/object_search.hpp"

namespace aisha::app {
namespace {

using services::ImportTally;
using Source = stores::imports::Source;
using Counts = std::map<std::string, std::int64_t>;

constexpr std::pair<Source, std::string_view> kSources[] = {
    {Source::balances, "coins"}, {Source::settings, ""}, {Source::favourites, ""}, {Source::generations, "pictures"}};

class Lines final : public services::ImportProgress {
 public:
  void went(std::string_view what, std::int64_t rows) override {
    if (rows >= told_[std::string(what)] + kStep) {
      told_[std::string(what)] = rows;
      fmt::print("  {} {} ...\n", what, rows);
      std::fflush(stdout);
    }
  }

 private:
  static constexpr std::int64_t kStep = 5'000;
  std::map<std::string, std::int64_t> told_;
};

void print_counts(const Counts& counts, std::string_view before) {
  for (const auto& [reason, rows] : counts) {
    if (rows > 0) {
      fmt::print("    {:>8}  {}{}\n", rows, before, reason);
    }
  }
}

void print_people(const stores::imports::People& people) {
  fmt::print("users: {} rows, used where they are\n", people.people);
  print_counts({{"telegram_id is no number: never found", people.numberless},
                {"have several main avatars: the oldest usable one counts", people.several_mains}},
               "");
  fmt::print("avatars: used where they are\n");
  print_counts(people.trained, "usable by ");
  for (const auto& [status, rows] : people.unusable) {
    fmt::print("    {:>8}  not usable: {}\n", rows,
               status == "COMPLETED" ? "COMPLETED without LoRA and finetune id" : status);
  }
}

void print_tally(Source source, std::string_view gain, const ImportTally& tally, bool plan) {
  const std::string_view table = stores::imports::table_of(source);
  if (!tally.table.exists) {
    fmt::print("{}: no such table\n", table);
    return;
  }
  if (!tally.table.lacks.empty()) {
    fmt::print("{}: not read, it has no column {}\n", table, tally.table.lacks);
    return;
  }
  if (!tally.table.is_readable) {
    fmt::print("{}: not read, this role may not: GRANT SELECT ON public.{} TO it\n", table, table);
    return;
  }
  fmt::print("{}: {} rows, {} taken over before, {} {}{}\n", table, tally.table.rows, tally.table.taken, tally.rows,
             plan ? "to take over" : "taken over now", gain.empty() ? "" : fmt::format(" ({} {})", tally.gains, gain));
  print_counts(tally.left, "stay: ");
}

struct Stage {
  boost::asio::io_context& loop;
  services::DatabaseImport& import;
  services::ObjectSearch& objects;
};

Result<void> take_tables(Stage stage, bool plan) {
  const auto people = wait_for(stage.loop, stage.import.people());
  if (!people) {
    return std::unexpected(people.error());
  }
  print_people(*people);
  for (const auto& [source, gain] : kSources) {
    const auto tally = wait_for(stage.loop, stage.import.take(source, plan));
    if (!tally) {
      return std::unexpected(tally.error());
    }
    print_tally(source, gain, *tally, plan);
  }
  return {};
}

Result<void> find_objects(Stage stage) {
  const auto objects = wait_for(stage.loop, stage.objects.run());
  if (!objects) {
    return std::unexpected(objects.error());
  }
  fmt::print("objects: {} found\n", objects->found);
  print_counts(objects->missing, "missing: ");
  return {};
}

Result<void> run_stages(Stage stage, bool plan) {
  try {
    if (auto taken = take_tables(stage, plan); !taken || plan) {
      return taken;
    }
    return find_objects(stage);
  } catch (const sql::Outage& outage) {
    return fail(outage.code(), fmt::format("{}; run it again: what was taken over stays", outage.what()));
  }
}

Result<void> check_migrated(const config::Config& config) {
  const auto pending = pending_migrations(config);
  if (!pending) {
    return std::unexpected(pending.error());
  }
  if (!pending->empty()) {
    return fail(Errc::start_failed,
                "the database lacks tables of this release: run `aisha migrate` first, which "
                "changes nothing of the older bot");
  }
  return {};
}

}  // namespace

Result<void> adopt_command(const config::Config& config, bool plan) {
  if (config.database_url.starts_with("sqlite:")) {
    return fail(Errc::config_invalid,
                "database.url: an older Aisha lives in PostgreSQL, so postgres://... was expected");
  }
  // Not even a migration is made on the way.
  if (auto migrated = check_migrated(config); !migrated) {
    return migrated;
  }
  boost::asio::io_context loop(1);
  boost::asio::thread_pool files(1);
  metrics::Registry metrics;
  const auto database = open_database(loop.get_executor(), config, metrics);
  if (!database) {
    return std::unexpected(database.error());
  }
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  const auto blobs = open_blobs(loop.get_executor(), files, *http, config);
  if (!blobs) {
    return std::unexpected(blobs.error());
  }
  const auto templates = catalog::TemplateManager::load(catalog::Source{config.catalog_dir});
  if (!templates) {
    return std::unexpected(templates.error());
  }
  SystemClock clock(loop.get_executor());
  SystemRng rng;
  const services::Policy policy = policy_of(config);
  services::Signals signals(loop.get_executor());
  // Nothing is read twice here, so a memory of its own will do.
  config::Config alone = config;
  alone.cache_url = "memory:";
  const auto cache = open_cache(loop.get_executor(), alone);
  if (!cache) {
    return std::unexpected(cache.error());
  }
  services::ServiceMetrics service_metrics(metrics);
  Lines lines;
  const services::Context context{*database->database, clock,         rng,          policy, signals,
                                  service_metrics,     *cache->cache, *cache->rates};
  services::DatabaseImport import(context, **templates, lines);
  services::ObjectSearch objects(context, *blobs->store, config.s3.bucket_generated, lines);
  return run_stages({loop, import, objects}, plan);
}

}  // namespace aisha::app
