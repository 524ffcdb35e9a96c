// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "imaging/imager_wire.hpp"

namespace aisha::imaging::worker {

/// Does what the request asks. Refusals are in the answer; it does not throw for bad pictures.
wire::Answer perform(const wire::Request& request);

}  // namespace aisha::imaging::worker
