// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

namespace aisha::fakes {

/// The entries of a ZIP archive by name, as Python's zipfile reads them. Throws std::runtime_error when it refuses the
/// archive, an entry's checksum or a name that is there twice.
std::map<std::string, std::string> unzip(const std::string& archive);

}  // namespace aisha::fakes
