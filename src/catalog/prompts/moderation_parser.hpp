// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "catalog/files/source.hpp"
#include "domain/moderation.hpp"

namespace aisha::catalog {

/// The rules of what may not be drawn: those that are built in, or all .toml files of the source's folder, which then
/// replace them. Error: catalog_invalid, "file:line: what is wrong". Reads files: any thread.
Result<domain::moderation::Gate> read_moderation(const Source& source);
/// The kind of files (`Source::stamp`) in which they stand.
std::string_view moderation_kind(const Source& source);

}  // namespace aisha::catalog
