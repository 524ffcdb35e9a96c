// SPDX-License-Identifier: Apache-2.0
#include "app/commands/cli_arguments.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "base/log.hpp"
#include "config/fields.hpp"

namespace aisha::app {
namespace {

int exit_code_of(Errc code) {
  switch (code) {
    case Errc::config_invalid:
    case Errc::config_secret:
    case Errc::option_out_of_range:
    case Errc::catalog_invalid: return 2;
    case Errc::db_schema_newer:
    case Errc::db_dirty:
    case Errc::db_foreign:
    case Errc::db_corrupt:
    case Errc::backup_invalid: return 3;
    default: return 4;
  }
}

}  // namespace

int report(const Result<void>& outcome) {
  if (outcome) {
    return 0;
  }
  fmt::print(stderr, "aisha: {} [{}]\n", outcome.error().detail, code_of(outcome.error().code));
  return exit_code_of(outcome.error().code);
}

Result<config::Config> load_config(const std::string& path) {
  auto config = config::load(path, config::process_environment());
  if (config) {
    for (const Secret& secret : config::secrets_of(*config)) {
      log::never_show(secret);
    }
    const auto& level = config->log.level;
    log::start(level == "debug"   ? log::Level::debug
               : level == "warn"  ? log::Level::warn
               : level == "error" ? log::Level::error
                                  : log::Level::info,
               config->log.format == "json");
  }
  return config;
}

}  // namespace aisha::app
