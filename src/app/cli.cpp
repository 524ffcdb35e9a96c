// SPDX-License-Identifier: Apache-2.0
// The one translation unit that includes CLI11.
#include "app/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/commands.hpp"
#include "app/demo.hpp"
#include "app/role.hpp"
#include "base/log.hpp"
#include "config/config.hpp"
#include "config/field.hpp"

namespace aisha::app {
namespace {

int exit_code_of(Errc code) {
  switch (code) {
    case Errc::config_invalid:
    case Errc::config_secret:
    case Errc::catalog_invalid: return 2;
    case Errc::db_schema_newer:
    case Errc::db_dirty:
    case Errc::db_foreign:
    case Errc::db_corrupt: return 3;
    default: return 4;
  }
}

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

template <class Command>
Result<void> with_config(const std::string& path, Command command) {
  auto config = load_config(path);
  return config ? command(*config) : Result<void>(std::unexpected(config.error()));
}

struct Arguments {
  std::string config;
  std::string catalog_dir;
  std::string role = "all";
  DemoOptions demo;
  bool plan = false;
};

void add_config_option(CLI::App* command, Arguments& arguments) {
  command->add_option("--config", arguments.config, "aisha.toml; without it, environment variables and defaults");
}

void add_role_option(CLI::App* serve, Arguments& arguments) {
  serve->add_option("--role", arguments.role, "what this process does of the whole")
      ->capture_default_str()
      ->check(CLI::IsMember({"all", "bot", "jobs", "web"}));
}

void add_demo_options(CLI::App* command, DemoOptions& options, bool& no_open) {
  command->add_option("--host", options.host, "address of the chat page")->capture_default_str();
  command->add_option("--port", options.port, "port of the chat page")
      ->capture_default_str()
      ->check(CLI::Range(1, 65535));
  command->add_option("--data", options.data, "folder for everything the demo keeps")->capture_default_str();
  command->add_option("--lang", options.language, "language of the page")
      ->capture_default_str()
      ->check(CLI::IsMember({"ru", "en"}));
  command->add_option("--database", options.database, "sqlite:PATH or postgres://... instead of a file in --data");
  command->add_option("--blobs", options.blobs, "dir:PATH or s3+http://HOST:PORT instead of a folder in --data");
  command->add_flag("--no-open", no_open, "do not open a browser");
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App cli("Aisha: an image generation gallery for Telegram", "aisha");
  cli.require_subcommand(1);
  cli.footer("Try it without any account:  aisha demo\nEvery setting is explained in docs/guides/configuration.md.");
  Arguments arguments;
  bool no_open = false;

  auto* serve = cli.add_subcommand("serve", "Run the bot");
  add_config_option(serve, arguments);
  add_role_option(serve, arguments);
  auto* demo = cli.add_subcommand("demo", "Run the bot against a local sandbox of Telegram and fal, with a chat page");
  add_demo_options(demo, arguments.demo, no_open);
  auto* migrate = cli.add_subcommand("migrate", "Bring the database to this release's schema");
  add_config_option(migrate, arguments);
  migrate->add_flag("--plan", arguments.plan, "only print what would be done");
  auto* adopt = cli.add_subcommand("adopt", "Take over what an older Aisha keeps in the same PostgreSQL database");
  add_config_option(adopt, arguments);
  adopt->add_flag("--plan", arguments.plan, "only print what would be taken over");
  auto* doctor = cli.add_subcommand("doctor", "Check everything Aisha depends on and say what to do about it");
  add_config_option(doctor, arguments);
  auto* templates = cli.add_subcommand("templates", "The catalogue of styles");
  templates->require_subcommand(1);
  auto* check = templates->add_subcommand("check", "Validate templates and models, with file and line");
  check->add_option("dir", arguments.catalog_dir, "folder with templates/ and models/; without it, the built-in ones");
  auto* version = cli.add_subcommand("version", "Print version and compiler");

  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return cli.exit(wrong) == 0 ? 0 : 2;
  }
  arguments.demo.open_browser = !no_open;
  if (*demo) {
    return report(run_demo(arguments.demo));
  }
  if (*serve) {
    const Role role = *role_from(arguments.role);
    return report(
        with_config(arguments.config, [role](const config::Config& config) { return serve_command(config, role); }));
  }
  if (*migrate) {
    return report(with_config(arguments.config,
                              [&](const config::Config& config) { return migrate_command(config, arguments.plan); }));
  }
  if (*adopt) {
    return report(with_config(arguments.config,
                              [&](const config::Config& config) { return adopt_command(config, arguments.plan); }));
  }
  if (*doctor) {
    return doctor_command(arguments.config);
  }
  if (*check) {
    return report(check_templates_command(arguments.catalog_dir));
  }
  if (*version) {
    print_version();
  }
  return 0;
}

}  // namespace aisha::app
