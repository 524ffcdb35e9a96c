// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "catalog/files/toml_reader.hpp"
#include "catalog/models/model.hpp"

namespace aisha::catalog {

/// The table `fields` of a row: what each field of its endpoint accepts. Throws Mistake.
void read_fields(TableReader& in, Model& model);
/// The table `presets`, whose parameters must keep to those fields and whose sizes to the row's. Throws Mistake.
void read_presets(TableReader& in, Model& model);

}  // namespace aisha::catalog
