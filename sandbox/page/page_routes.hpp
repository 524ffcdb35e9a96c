// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/server/server.hpp"

namespace aisha::sandbox {

/// The chat page: `/`, `/app.js`, `/app.css`, `/icon.svg`, as they were bundled into the binary. Browsers ask again
/// each time (a new binary shows its new page at once) and may load nothing from anywhere else
/// (Content-Security-Policy).
void add_page_routes(http::Router& router);

}  // namespace aisha::sandbox
