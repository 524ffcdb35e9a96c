// SPDX-License-Identifier: Apache-2.0
// Of the translation units that include CLI11 the one with the whole line.
#include "app/commands/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/commands/adopt.hpp"
#include "app/commands/appeals_command.hpp"
#include "app/commands/catalogue_cli.hpp"
#include "app/commands/cli_arguments.hpp"
#include "app/doctor/doctor.hpp"
#include "app/serve/serve.hpp"
#include "sql/database.hpp"

namespace aisha::app {
namespace {

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
  command->add_option("--cache", options.cache, "memory: or redis://... ; memory: by default");
  command->add_option("--blobs", options.blobs, "dir:PATH or s3+http://HOST:PORT instead of a folder in --data");
  command->add_option("--updates", options.updates, "how the bot hears of messages and results")
      ->capture_default_str()
      ->check(CLI::IsMember({"polling", "webhook"}));
  command->add_option("--replicas", options.replicas, "processes of the bot; several need --database postgres://...")
      ->capture_default_str()
      ->check(CLI::Range(1, 16));
  command->add_flag("--no-open", no_open, "do not open a browser");
}

/// The commands that delete what is kept of a person.
struct ErasureCommands {
  CLI::App* erase = nullptr;
  CLI::App* erasures = nullptr;

  bool chosen() const { return *erase || *erasures; }
};

ErasureCommands add_erasure_commands(CLI::App& cli, Arguments& arguments) {
  ErasureCommands out;
  out.erase =
      cli.add_subcommand("erase", "Delete everything of a person who asked for it; without --yes only say what");
  add_config_option(out.erase, arguments);
  out.erase->add_option("--telegram-id", arguments.erase.telegram_id, "whose")->required();
  out.erase->add_flag("--yes", arguments.erase.yes, "do it: it cannot be taken back");
  out.erase->footer("Exit status: 0 done, 5 not done yet, the bot goes on with it.");
  out.erasures =
      cli.add_subcommand("erasures", "Who was erased, from machine to machine, so that a restore erases again");
  add_config_option(out.erasures, arguments);
  auto* files = out.erasures->add_option_group("file");
  files->add_option("--export", arguments.erasures.export_to, "file to write the ids of erased people to");
  files->add_option("--apply", arguments.erasures.apply_from, "such a file, to be taken over");
  files->require_option(1);
  return out;
}

int run_erasure_command(const ErasureCommands& commands, const Arguments& arguments) {
  return status_of(arguments.config, [&](const config::Config& config) -> Result<int> {
    if (*commands.erasures) {
      return done(erasures_command(config, arguments.erasures));
    }
    return erase_command(config, arguments.erase);
  });
}

CLI::App* add_appeals_commands(CLI::App& cli, Arguments& arguments) {
  auto* appeals = cli.add_subcommand("appeals", "Descriptions that the rules refused and a person stands up for");
  appeals->require_subcommand(1);
  add_config_option(appeals->add_subcommand("list", "Those that wait for an answer; beside the bot"), arguments);
  for (const auto& [word, about] :
       {std::pair{"allow", "Let this very text pass, for everybody"}, std::pair{"reject", "Let the refusal stand"}}) {
    auto* command = appeals->add_subcommand(word, about);
    add_config_option(command, arguments);
    command->add_option("id", arguments.appeal, "as `aisha appeals list` prints it")->required();
  }
  return appeals;
}

int run_appeals_command(const CLI::App& appeals, const Arguments& arguments) {
  const std::string word = appeals.get_subcommands().front()->get_name();
  return report(with_config(
      arguments.config, [&](const config::Config& config) { return appeals_command(config, word, arguments.appeal); }));
}

CLI::App* add_avatars_commands(CLI::App& cli, Arguments& arguments) {
  auto* avatars = cli.add_subcommand("avatars", "What people's pictures are made with");
  avatars->require_subcommand(1);
  auto* import = avatars->add_subcommand("import", "Give a person an avatar whose model was trained elsewhere");
  add_config_option(import, arguments);
  add_avatar_import_options(*import, arguments.avatar);
  return avatars;
}

int run_avatars_command(const Arguments& arguments) {
  return report(with_config(
      arguments.config, [&](const config::Config& config) { return import_avatar_command(config, arguments.avatar); }));
}

CLI::App* add_reconcile_command(CLI::App& cli, Arguments& arguments) {
  auto* reconcile = cli.add_subcommand("reconcile", "Our books beside the bills; without a word, all there are");
  add_config_option(reconcile, arguments);
  reconcile->add_option("--since", arguments.reconcile.since, "first day (UTC); without it, 30 days before --until");
  reconcile->add_option("--until", arguments.reconcile.until, "day behind the last; without it, now");
  reconcile->add_flag("--json", arguments.reconcile.as_json, "as one object");
  reconcile->add_subcommand("fal", "What fal billed beside what was asked of it")->fallthrough();
  reconcile->footer("Exit status: 0 the books are equal, 1 a bill has something that is not in our books.");
  return reconcile;
}

int run_reconcile_command(const Arguments& arguments) {
  return status_of(arguments.config, [&](const config::Config& config) -> Result<int> {
    return reconcile_fal_command(config, arguments.reconcile);
  });
}

/// What an operator decides, hands out and compares.
struct OperatorCommands {
  const CLI::App* appeals = nullptr;
  const CLI::App* avatars = nullptr;
  const CLI::App* reconcile = nullptr;

  bool chosen() const { return *appeals || *avatars || *reconcile; }
};

OperatorCommands add_operator_commands(CLI::App& cli, Arguments& arguments) {
  OperatorCommands out;
  out.appeals = add_appeals_commands(cli, arguments);
  out.avatars = add_avatars_commands(cli, arguments);
  out.reconcile = add_reconcile_command(cli, arguments);
  return out;
}

int run_operator_command(const OperatorCommands& commands, const Arguments& arguments) {
  if (*commands.appeals) {
    return run_appeals_command(*commands.appeals, arguments);
  }
  return *commands.avatars ? run_avatars_command(arguments) : run_reconcile_command(arguments);
}

/// The commands that look after what is kept.
struct DataCommands {
  CLI::App* migrate = nullptr;
  CLI::App* adopt = nullptr;
  CLI::App* check = nullptr;
  CLI::App* backup = nullptr;
  CLI::App* restore = nullptr;
  CLI::App* own_data = nullptr;

  bool chosen() const { return *migrate || *adopt || *check || *backup || *restore || *own_data; }
};

DataCommands add_data_commands(CLI::App& cli, Arguments& arguments) {
  DataCommands out;
  out.migrate = cli.add_subcommand("migrate", "Bring the database to this release's schema");
  add_config_option(out.migrate, arguments);
  auto* plan = out.migrate->add_flag("--plan", arguments.migrate.plan, "only print what would be done");
  out.migrate
      ->add_flag("--take-over", arguments.migrate.take_over,
                 "the pictures in [blobs] become this database's, though they were another's")
      ->excludes(plan);
  out.adopt = cli.add_subcommand("adopt", "Take over what an older Aisha keeps in the same PostgreSQL database");
  add_config_option(out.adopt, arguments);
  out.adopt->add_flag("--plan", arguments.plan, "only print what would be taken over");
  out.check = cli.add_subcommand("check", "Check that database and pictures are consistent; may run beside the bot");
  add_config_option(out.check, arguments);
  out.check->add_flag("--objects", arguments.check.objects, "also read every picture and compare its SHA-256");
  out.check->add_flag(
      "--recount", arguments.check.recount,
      "first count anew what is counted of people's pictures where it is wrong (I14), saying what changed");
  out.check->add_option("--resume", arguments.check.resume,
                        "file that keeps the place: stopped, the same command goes on from there");
  out.check->footer(kCheckStatus);
  out.backup = cli.add_subcommand("backup", "Copy database and pictures into a new folder while the bot runs");
  add_config_option(out.backup, arguments);
  out.backup->add_option("--to", arguments.folder, "folder to make; it must not exist yet")->required();
  out.restore = cli.add_subcommand("restore", "Verify a backup, then put it where the settings say");
  add_config_option(out.restore, arguments);
  out.restore->add_option("--from", arguments.folder, "folder that `aisha backup` made")->required();
  out.restore->add_flag("--force", arguments.force, "replace the database and pictures that are there");
  out.own_data = cli.add_subcommand("export", "Everything that is kept of one person, as an archive; beside the bot");
  add_config_option(out.own_data, arguments);
  out.own_data->add_option("--telegram-id", arguments.own_data.telegram_id, "whose, by their number at Telegram")
      ->required();
  out.own_data->add_option("--to", arguments.own_data.folder, "folder that the archive goes into")->required();
  return out;
}

int run_data_command(const DataCommands& commands, const Arguments& arguments) {
  return status_of(arguments.config, [&](const config::Config& config) -> Result<int> {
    if (*commands.migrate) {
      return done(migrate_command(config, arguments.migrate));
    }
    if (*commands.adopt) {
      return done(adopt_command(config, arguments.plan));
    }
    if (*commands.own_data) {
      return done(export_command(config, arguments.own_data));
    }
    if (*commands.backup) {
      return done(backup_command(config, arguments.folder));
    }
    if (*commands.restore) {
      return done(restore_command(config, arguments.folder, arguments.force));
    }
    return check_command(config, arguments.check);
  });
}

int run_serve_command(const Arguments& arguments) {
  const Role role = *role_from(arguments.role);
  return report(
      with_config(arguments.config, [role](const config::Config& config) { return serve_command(config, role); }));
}

int run(int argc, char** argv) {
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
  auto* doctor = cli.add_subcommand("doctor", "Check everything Aisha depends on and say what to do about it");
  add_config_option(doctor, arguments);
  const DataCommands data = add_data_commands(cli, arguments);
  const ErasureCommands erasures = add_erasure_commands(cli, arguments);
  const OperatorCommands operators = add_operator_commands(cli, arguments);
  const TemplatesCommands templates = add_templates_commands(cli, arguments);
  const ModelsCommands models = add_models_commands(cli, arguments);
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
    return run_serve_command(arguments);
  }
  if (*doctor) {
    return doctor_command(arguments.config);
  }
  if (data.chosen()) {
    return run_data_command(data, arguments);
  }
  if (erasures.chosen()) {
    return run_erasure_command(erasures, arguments);
  }
  if (operators.chosen()) {
    return run_operator_command(operators, arguments);
  }
  if (templates.chosen()) {
    return run_templates_command(templates, arguments);
  }
  if (models.chosen()) {
    return run_models_command(models, arguments);
  }
  if (*version) {
    print_version();
  }
  return 0;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const sql::Outage& outage) {
    return report(fail(outage.code(), outage.what()));
  } catch (const std::exception& bug) {
    fmt::print(stderr, "aisha: {} [internal.bug]\n", bug.what());
    return 70;  // EX_SOFTWARE of sysexits.h
  }
}

}  // namespace aisha::app
