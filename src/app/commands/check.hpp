// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

struct CheckOptions {
  bool objects = false;  ///< every picture's bytes are read too
  std::string
      resume;  ///< file in which the check keeps its place, to go on from after an end before its time; "" = none
};

/// Prints each invariant with the number of its violations; 0 = all hold, 1 = some do not, 130 = stopped by a signal.
/// Looks page by page beside a running process, and says on the error output how far it is.
Result<int> check_command(const config::Config& config, const CheckOptions& options);

}  // namespace aisha::app
