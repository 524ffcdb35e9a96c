// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/uuid.hpp"
#include "services/context/lease.hpp"
#include "stores/queue/inbox_rows.hpp"

namespace aisha::services {

/// An update in the hands of one handler, until its lease ends or its turn is committed.
struct ClaimedUpdate : stores::inbox::Taken {
  Lease lease;
  /// The id of this update in the log, the same at every try, and of the picture that it asks for.
  Uuid trace;
};

ClaimedUpdate claimed_of(stores::inbox::Taken taken, Lease lease);

}  // namespace aisha::services
