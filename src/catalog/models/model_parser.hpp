// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "base/error.hpp"
#include "catalog/files/source.hpp"
#include "catalog/models/model_routes.hpp"

namespace aisha::catalog {

/// The rows and their order of preference, read and checked.
struct ModelEdition {
  std::vector<ModelRef> models;  ///< by file name
  Routes routes;
};

/// Of `models/*.toml`, one row each, and `models/routes.toml`. Error: catalog_invalid, "file:line: what is wrong".
Result<ModelEdition> parse_models(const std::vector<SourceFile>& files);
/// Reads files: any thread. Error: as above.
Result<ModelEdition> read_models(const Source& source);

}  // namespace aisha::catalog
