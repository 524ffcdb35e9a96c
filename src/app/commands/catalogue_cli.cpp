// SPDX-License-Identifier: Apache-2.0
#include "app/commands/catalogue_cli.hpp"

#include <CLI/CLI.hpp>

namespace aisha::app {
namespace {

CLI::App* add_templates_list(CLI::App& templates, TemplatesList& wanted) {
  auto* list = templates.add_subcommand("list", "Every style with its shelf, names, price, previews and season");
  list->add_option("--config", wanted.config, "aisha.toml: what its store holds of previews counts too");
  list->add_option("dir", wanted.dir, "folder with templates/; without it, the built-in ones");
  list->add_option("--kind", wanted.kind, "those for avatars of this kind")
      ->check(CLI::IsMember({"portrait", "style"}));
  list->add_option("--day", wanted.day, "those that are there on that day, such as 12-31");
  list->add_flag("--json", wanted.as_json, "as an array of objects");
  return list;
}

CLI::App* add_templates_preview(CLI::App& templates, Arguments& arguments) {
  PreviewsWanted& wanted = arguments.previews;
  auto* preview = templates.add_subcommand("preview", "Make the previews that styles lack, at the provider");
  add_config_option(preview, arguments);
  preview->add_option("--style", wanted.styles, "of this style; several times for several");
  preview->add_option("--kind", wanted.kind, "those for avatars of this kind")
      ->check(CLI::IsMember({"portrait", "style"}));
  preview->add_flag("--force", wanted.force, "those too that there are");
  preview->add_flag("--drop-unused", wanted.drop_unused, "remove those that the catalogue has no style for");
  preview->add_option("--to", wanted.to, "a folder instead of the store of the settings");
  preview->add_flag("--yes", wanted.yes, "do not ask before money is spent");
  return preview;
}

}  // namespace

bool TemplatesCommands::chosen() const {
  return *check || *list || *preview;
}

bool ModelsCommands::chosen() const {
  return *list || *check || *on || *off || *docs;
}

void add_config_option(CLI::App* command, Arguments& arguments) {
  command->add_option("--config", arguments.config, "aisha.toml; without it, environment variables and defaults");
}

TemplatesCommands add_templates_commands(CLI::App& cli, Arguments& arguments) {
  auto* templates = cli.add_subcommand("templates", "The catalogue of styles");
  templates->require_subcommand(1);
  TemplatesCommands out;
  out.check = templates->add_subcommand("check", "Validate templates and models, with file and line");
  out.check->add_option("dir", arguments.catalog_dir,
                        "folder with templates/ and models/; without it, the built-in ones");
  out.list = add_templates_list(*templates, arguments.templates);
  out.preview = add_templates_preview(*templates, arguments);
  return out;
}

int run_templates_command(const TemplatesCommands& commands, const Arguments& arguments) {
  if (*commands.check) {
    return report(check_templates_command(arguments.catalog_dir));
  }
  if (*commands.list) {
    const TemplatesList& wanted = arguments.templates;
    if (wanted.config.empty()) {
      return report(list_templates_command(wanted, {}));
    }
    return report(with_config(wanted.config,
                              [&](const config::Config& config) { return list_templates_command(wanted, config); }));
  }
  return status_of(arguments.config, [&](const config::Config& config) -> Result<int> {
    return make_previews_command(config, arguments.previews);
  });
}

ModelsCommands add_models_commands(CLI::App& cli, Arguments& arguments) {
  auto* models = cli.add_subcommand("models", "Which models make pictures");
  models->require_subcommand(1);
  ModelsCommands out;
  out.list = models->add_subcommand("list", "Every model, and whether it is on");
  out.list->add_flag("--json", arguments.models.as_json, "as an array of objects");
  out.check = models->add_subcommand("check", "Ask the provider for each of them and its price");
  out.on = models->add_subcommand("on", "Use a model again");
  out.off = models->add_subcommand("off", "Use a model no more, until it is switched on");
  for (CLI::App* command : {out.list, out.check, out.on, out.off}) {
    add_config_option(command, arguments);
  }
  for (CLI::App* command : {out.on, out.off}) {
    command->add_option("id", arguments.models.id, "as `aisha models list` names it")->required();
  }
  out.docs = models->add_subcommand("docs", "Write the tables of the pages about models anew");
  out.docs->add_option("folder", arguments.models.folder, "docs/fal_knowledge_base")->required();
  out.docs->add_option("--catalog", arguments.catalog_dir, "folder with models/; without it, the built-in ones");
  return out;
}

int run_models_command(const ModelsCommands& commands, const Arguments& arguments) {
  if (*commands.docs) {
    return report(write_model_pages_command(arguments.catalog_dir, arguments.models.folder));
  }
  return status_of(arguments.config, [&](const config::Config& config) -> Result<int> {
    if (*commands.list) {
      return done(list_models_command(config, arguments.models));
    }
    if (*commands.check) {
      return check_models_command(config);
    }
    return done(switch_model_command(config, arguments.models, bool(*commands.on)));
  });
}

}  // namespace aisha::app
