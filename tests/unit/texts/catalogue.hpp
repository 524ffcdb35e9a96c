// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

namespace aisha::texts::testing {

/// Entries of data/locales/<language>.po: id -> its forms (one, or one per plural form).
std::map<std::string, std::vector<std::string>> read_catalogue(const std::string& language);

/// Names between braces.
std::set<std::string> placeholders(const std::string& text);

}  // namespace aisha::texts::testing
