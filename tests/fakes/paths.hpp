// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

/// Where the tests' own files are. Compiled once: a path in every test's command line would keep a checkout beside this
/// one from sharing the compiler's cache.
namespace aisha::fakes {

/// The checkout, and the folder of this build, without a slash at the end.
std::string source_dir();
std::string binary_dir();

}  // namespace aisha::fakes
