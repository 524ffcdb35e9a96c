// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

struct CheckOptions {
  bool objects = false;  ///< every picture's bytes are read too
  bool recount = false;  ///< what is counted of people's pictures is mended first
  std::string resume;    ///< file that keeps the place of a check that was stopped; "" = none
};

/// What `check --help` says of the status.
inline constexpr const char* kCheckStatus =
    "Status: 0 all invariants hold, 1 some do not, 5 none is broken but some objects could not be read now (an outage "
    "is\n"
    "no loss: mend it and check again), 130 stopped by a signal, 2 to 4 not begun: settings, database, anything else.";

/// Prints each invariant with the number of its violations, and how many objects could not be read; `kCheckStatus`.
/// Looks page by page beside a running process, and says on the error output how far it is. Errors: start_failed (the
/// file of `resume` is another's or cannot be written), db_*, unavailable.
Result<int> check_command(const config::Config& config, const CheckOptions& options);

}  // namespace aisha::app
