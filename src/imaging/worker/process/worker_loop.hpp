// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aisha::imaging::worker {

/// The imager process: locks itself in (no inherited descriptors, no new privileges, dies with its parent, address
/// space of `memory_mib` MiB when not 0, no core files), then answers requests on wire::kChildSocket until the parent
/// hangs up or `idle_ms` pass without one. Exit codes: 0 idle or hung up, 1 broken peer or no libvips.
int serve(long memory_mib, int idle_ms);

}  // namespace aisha::imaging::worker
