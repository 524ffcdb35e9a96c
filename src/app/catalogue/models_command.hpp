// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

/// `aisha models ...`: which models make pictures.
namespace aisha::app {

struct ModelsWanted {
  std::string id;      ///< of `on` and `off`
  std::string folder;  ///< of `docs`
  bool as_json = false;
};

/// One line a model: whether it is on, why not, its price as it was listed last. Beside the bot. Errors:
/// catalog_invalid, and those of opening a database.
Result<void> list_models_command(const config::Config& config, const ModelsWanted& wanted);
/// Asks the provider's price list for each; 1 when one is missing or dearer, or could not be asked. Errors: as above.
Result<int> check_models_command(const config::Config& config);
/// Takes effect in every process within seconds. Errors: as above; not_found.
Result<void> switch_model_command(const config::Config& config, const ModelsWanted& wanted, bool on);
/// Writes the tables of the pages of that folder anew. Errors: catalog_invalid, not_found (a model has no page).
Result<void> write_model_pages_command(const std::string& catalog_dir, const std::string& folder);

}  // namespace aisha::app
