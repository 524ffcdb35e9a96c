// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/metrics.hpp"

namespace aisha::app {

/// What the kernel and the log know about this process, read at each look: CPU, memory, open files, log lines, and the
/// version that runs.
void watch_process(metrics::Registry& registry);

}  // namespace aisha::app
