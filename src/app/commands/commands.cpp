// SPDX-License-Identifier: Apache-2.0
#include "app/commands/commands.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <cstdio>

#include "app/engines/blocking.hpp"
#include "app/engines/bucket_setup.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/store_claim.hpp"
#include "app/metrics/version.hpp"

namespace aisha::app {

Result<void> migrate_command(const config::Config& config, const MigrateOptions& options) {
  if (options.plan) {
    const auto pending = pending_migrations(config);
    if (!pending) {
      return std::unexpected(pending.error());
    }
    for (const std::string& migration : *pending) {
      fmt::print("would apply {}\n", migration);
    }
    const auto missing = print_bucket_plan(config);
    if (!missing) {
      return std::unexpected(missing.error());
    }
    const std::size_t steps = pending->size() + *missing;
    fmt::print("{}\n", steps == 0 ? "nothing to do" : fmt::format("{} to do", steps));
    return {};
  }
  boost::asio::io_context loop;
  metrics::Registry registry;
  const auto opened = open_database(loop.get_executor(), config, registry);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  for (const std::string& migration : opened->migrations.applied) {
    fmt::print("applied {}\n", migration);
  }
  fmt::print("schema {}\n", opened->migrations.version);
  if (auto made = set_up_buckets_now(config); !made) {
    return made;
  }
  const KnownDatabase known = wait_for(loop, known_of(*opened->database));
  auto claimed = claim_store_now(config, known.id, options.take_over ? Taking::by_force : Taking::if_free);
  if (claimed && options.take_over) {
    fmt::print("the pictures are this database's\n");
  }
  return claimed;
}

void print_version() {
  fmt::print("aisha {} (clang {}.{}.{}, libstdc++ {})\n", kVersion, __clang_major__, __clang_minor__,
             __clang_patchlevel__, _GLIBCXX_RELEASE);
}

}  // namespace aisha::app
