// SPDX-License-Identifier: Apache-2.0
#include "tests/fakes/paths.hpp"

namespace aisha::fakes {

std::string source_dir() {
  return AISHA_SOURCE_DIR;
}
std::string binary_dir() {
  return AISHA_BINARY_DIR;
}

}  // namespace aisha::fakes
