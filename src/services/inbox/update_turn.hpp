// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/inbox/inbox.hpp"
#include "stores/queue/inbox_rows.hpp"

namespace aisha::services {

/// The store's name of a claim (inside this folder only).
stores::inbox::Taken taken_of(const ClaimedUpdate& update);

}  // namespace aisha::services
