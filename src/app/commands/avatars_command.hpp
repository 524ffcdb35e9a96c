// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

namespace CLI {
class App;
}

namespace aisha::app {

/// services::AvatarImport as the command line says it.
struct AvatarImportWanted {
  std::int64_t telegram_id = 0;
  std::string name;
  std::string gender;
  std::string kind;
  std::string finetune_id;
  std::string lora_url;
  std::string family;
  std::string trigger;
  std::string photo;  ///< path of a file, "" = none
};

void add_avatar_import_options(CLI::App& import, AvatarImportWanted& wanted);

/// Gives a person an avatar whose model was trained elsewhere and says what it is. Errors: those of
/// services::AvatarImporting, start_failed, db_*.
Result<void> import_avatar_command(const config::Config& config, const AvatarImportWanted& wanted);

}  // namespace aisha::app
