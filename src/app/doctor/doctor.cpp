// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/doctor.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/doctor/doctor_remote.hpp"
#include "app/engines/blobs_engine.hpp"
#include "app/engines/cache_engine.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/engines.hpp"
#include "app/engines/store_claim.hpp"
#include "catalog/models/model_manager.hpp"
#include "catalog/prompts/moderation_parser.hpp"
#include "catalog/templates/template_manager.hpp"

namespace aisha::app {
namespace {

Findings check_catalog(const config::Config& config) {
  const std::string advice = "mend the file; `aisha templates check` tells when it is right";
  const catalog::Source source{config.catalog_dir};
  const auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return {bad("catalogue", templates.error().detail, advice)};
  }
  const auto models = catalog::ModelManager::load(source);
  if (!models) {
    return {bad("catalogue", models.error().detail, advice)};
  }
  const auto rules = catalog::read_moderation(catalog::Source{config.prompts.moderation_dir});
  if (!rules) {
    return {bad("catalogue", rules.error().detail, "mend the file, or let [prompts] moderation_dir be empty")};
  }
  return {good("catalogue",
               fmt::format("{} styles, {} models", (*templates)->all().templates.size(), (*models)->all().size()))};
}

Findings check_imager(const config::Config& config) {
  const std::string program = imager_program(config);
  return {::access(program.c_str(), X_OK) == 0
              ? good("imager", program)
              : bad("imager", program + " cannot be run", "install it beside aisha or set [imaging] program")};
}

/// In the order in which a start would meet them.
constexpr Findings (*kChecks[])(const config::Config&) = {
    check_database, check_cache, check_blobs, check_store_owner, check_imager, check_catalog, check_telegram, check_fal,
};

void print(const Finding& finding) {
  fmt::print("{} {:<10} {}\n", finding.advice.empty() ? "ok " : "BAD", finding.about, finding.seen);
  if (!finding.advice.empty()) {
    fmt::print("    -> {}\n", finding.advice);
  }
  std::fflush(stdout);
}

}  // namespace

int doctor_command(const std::string& config_path) {
  const auto config = config::load(config_path, config::process_environment());
  if (!config) {
    print(bad("settings", config.error().detail, "mend the settings named above"));
    return 1;
  }
  print(good("settings", config_path.empty() ? "from the environment" : config_path));
  std::ptrdiff_t red = 0;
  for (const auto check : kChecks) {
    const Findings findings = check(*config);
    std::ranges::for_each(findings, print);
    red += std::ranges::count_if(findings, [](const Finding& finding) { return !finding.advice.empty(); });
  }
  fmt::print("{}\n", red == 0 ? "All is well." : fmt::format("{} to mend.", red));
  return red == 0 ? 0 : 1;
}

}  // namespace aisha::app
