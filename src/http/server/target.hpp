// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/server/router.hpp"

namespace aisha::http {

/// Fills path and query from the target; false on broken percent-encoding or a path without a leading '/'.
bool read_target(ServerRequest& request);

}  // namespace aisha::http
