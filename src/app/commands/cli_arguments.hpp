// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "app/backup/backup.hpp"
#include "app/catalogue/models_command.hpp"
#include "app/catalogue/previews_command.hpp"
#include "app/catalogue/templates_commands.hpp"
#include "app/check/check.hpp"
#include "app/commands/avatars_command.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/erase.hpp"
#include "app/commands/export_command.hpp"
#include "app/commands/reconcile_command.hpp"
#include "app/demo/demo.hpp"
#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

/// What the command line said.
struct Arguments {
  std::string config;
  std::string catalog_dir;
  std::string appeal;  ///< its id
  std::string role = "all";
  DemoOptions demo;
  std::string folder;
  bool plan = false;
  MigrateOptions migrate;
  CheckOptions check;
  bool force = false;
  ExportOptions own_data;
  TemplatesList templates;
  EraseOptions erase;
  ErasuresOptions erasures;
  PreviewsWanted previews;
  ModelsWanted models;
  ReconcileWanted reconcile;
  AvatarImportWanted avatar;
};

/// The settings of that file and the environment; from now on their secrets are blotted out of the log.
Result<config::Config> load_config(const std::string& path);

/// The process's exit code, after the sentence of what went wrong.
int report(const Result<void>& outcome);

template <class Command>
Result<void> with_config(const std::string& path, Command command) {
  auto config = load_config(path);
  return config ? command(*config) : Result<void>(std::unexpected(config.error()));
}

/// 0, of a command that knows no other status.
inline Result<int> done(const Result<void>& outcome) {
  return outcome ? Result<int>(0) : std::unexpected(outcome.error());
}

/// The exit status that a command gives, or that of why it could not be carried out.
template <class Command>
int status_of(const std::string& path, Command command) {
  const auto config = load_config(path);
  const Result<int> done = config ? command(*config) : Result<int>(std::unexpected(config.error()));
  return done ? *done : report(std::unexpected(done.error()));
}

}  // namespace aisha::app
