// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "catalog/models/model.hpp"

namespace aisha::app {

/// The page (Markdown) with the row's tables between the two lines that mark their place; what stands outside them is
/// people's. Nothing: the page has no such place.
std::optional<std::string> with_tables(const std::string& page, const catalog::Model& row);

}  // namespace aisha::app
