// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/server/server.hpp"
#include "sandbox/fal/twin.hpp"

namespace aisha::sandbox::fal {

/// `/fal/*`, `/fal-files/*`, and `/fal-ai/*`, `/bytedance/*`, ... by the owners of models: the addresses in a submit's
/// answer, which begin at the root as fal's do. The twin must outlive the router. Uploads need a server that takes
/// bodies of 64 MB.
void add_fal_routes(http::Router& router, Twin& twin);

/// `GET /sim/fal/requests`, `GET` and `POST /sim/fal/settings`.
void add_sim_routes(http::Router& router, Twin& twin);

}  // namespace aisha::sandbox::fal
