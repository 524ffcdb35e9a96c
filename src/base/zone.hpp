// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace aisha {

/// The calendar day "YYYY-MM-DD" of `t` in a time zone: an IANA name (read once from the system's zone files), "UTC",
/// "GMT+5", "UTC-3:30". A zone that is unknown here counts as UTC. Loop thread only.
std::string local_day(TimePoint t, std::string_view zone);

}  // namespace aisha
