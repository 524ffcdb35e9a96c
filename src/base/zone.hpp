// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace aisha {

/// The calendar day "YYYY-MM-DD" of `t` in a time zone: an IANA name (read once from the system's zone files), "UTC",
/// "GMT+5", "UTC-3:30". A zone that is unknown here counts as UTC. Loop thread only.
std::string local_day(TimePoint t, std::string_view zone);

/// The time of day there, "14:05".
std::string local_time(TimePoint t, std::string_view zone);

/// When the day of `t` is over in UTC.
TimePoint end_of_utc_day(TimePoint t);

/// What people and other programs write for a zone -> a name that `local_day` and ICU both understand: an IANA name as
/// it is, "UTC+5", "utc +05:30", "+3", "GMT-0330" as "GMT+5", "GMT+5:30", ..., "UTC" and "Z" as "UTC". Nothing for a
/// zone that is unknown here. Loop thread only.
std::optional<std::string> usual_zone(std::string_view written);

/// How far east of UTC a zone as above is at `t`. Loop thread only.
std::chrono::minutes zone_offset(TimePoint t, std::string_view zone);

/// The IANA zone of that name, or the only one that ends in that city: "europe/moscow", "New York". Case, blanks and
/// underscores do not matter. Nothing without the system's list of zones. Loop thread only.
std::optional<std::string> zone_of_city(std::string_view written);

}  // namespace aisha
