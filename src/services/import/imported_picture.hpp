// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "stores/import/imports.hpp"

namespace aisha::catalog {
class TemplateManager;
}

namespace aisha::services {

/// The pictures of one old row, one a result address; none when it has no readable address.
std::vector<stores::imports::Imported> imported_pictures(const stores::imports::OldGeneration& old,
                                                         const catalog::TemplateManager& templates);

}  // namespace aisha::services
