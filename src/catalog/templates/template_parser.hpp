// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "base/error.hpp"
#include "catalog/files/source.hpp"
#include "catalog/templates/template.hpp"

namespace aisha::catalog {

/// Parses and checks templates/*.toml. Error: catalog_invalid, detail "file:line: what is wrong".
Result<TemplateSet> parse_templates(const std::vector<SourceFile>& files);

}  // namespace aisha::catalog
