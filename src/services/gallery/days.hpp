// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/own_days.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

/// A person's pictures as they leaf through them, by day and one by one.
class Days {
 public:
  explicit Days(Context context) : context_(context) {}

  /// The first page of the newest day; from short memory while the day's counters still say the same.
  Task<domain::DayPage> newest(Uuid owner);
  /// A page of that day, nine at most. A day without pictures is the nearest older one, else the nearest newer.
  Task<domain::DayPage> day(Uuid owner, std::int64_t day, domain::PageStart from);
  /// The days of that month; one without pictures is the nearest older one, else the nearest newer.
  Task<domain::OwnMonth> month(Uuid owner, std::int64_t month);
  /// Errc::not_found when absent, another's, unfinished or purged. One in the trash is given as well, with the
  /// neighbours of where it stood.
  Task<Result<domain::OwnPlace>> picture(Uuid owner, Uuid id, domain::OwnOrder order);
  /// Collects the name, which saves the picture as well; "" takes it away. The picture as it will be. At most 100 code
  /// points (domain::check_name). Errc::not_found as above, already_deleted.
  Task<Result<domain::OwnPlace>> set_name(Actor& actor, Uuid id, std::string name);
  /// How many lie in the trash.
  Task<std::int64_t> count_removed(Uuid owner);

 private:
  Context context_;
};

/// The form in which the newest page is remembered; nullopt for a text that is not that form.
std::string write_history(const domain::DayPage& page);
std::optional<domain::DayPage> read_history(std::string_view text);
inline constexpr std::uint32_t kHistoryFormat = 1;

}  // namespace aisha::services
