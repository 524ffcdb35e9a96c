// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/avatar.hpp"
#include "domain/own_picture.hpp"

/// A person's pictures day by day, newest first: by (local_day, id), both falling.
namespace aisha::domain {

/// A day that has live pictures, with its neighbours among such days.
struct OwnDay {
  std::string day;            ///< "2026-01-15"; "" = there is no picture at all
  std::int64_t pictures = 0;  ///< live ones of the day
  std::int64_t made = 0;      ///< ever, the removed ones included
  std::string older;          ///< "" = none
  std::string newer;          ///< "" = none
  std::int64_t all_pictures = 0;
  std::int64_t all_days = 0;
};

/// A page of one.
struct DayPage {
  OwnDay day;
  std::vector<OwnPicture> pictures;
  std::int64_t ahead = 0;  ///< of the same day, before the first of the page
};

/// The days of a month that have live pictures, newest first.
struct OwnMonth {
  struct Day {
    std::string day;
    std::int64_t pictures = 0;
  };
  std::string month;  ///< "2026-01"; "" = there is no picture at all
  std::vector<Day> days;
  std::string older;  ///< the next month that has some; "" = none
  std::string newer;
};

/// Along what a picture's card is turned.
enum class OwnOrder : std::uint8_t { days, favorites, saved };

/// What a picture came from and what came of it.
struct FamilyTies {
  std::optional<Uuid> parent;   ///< the picture that it varies
  bool is_parent_live = false;  ///< that one is there, and not removed
  std::int64_t children = 0;    ///< live pictures that vary it
};

/// A page of the pictures that vary one.
struct ChildrenPage {
  std::vector<OwnPicture> pictures;
  std::int64_t ahead = 0;  ///< before the first of the page
  std::int64_t all = 0;
};

/// One picture in its place.
struct OwnPlace {
  OwnPicture own;
  bool is_style_kept = false;
  std::optional<Avatar> avatar;  ///< none when it is gone
  std::optional<Uuid> newer;
  std::optional<Uuid> older;
  std::int64_t ahead = 0;         ///< before it in the order
  std::int64_t ahead_on_day = 0;  ///< of the same day, before it
  std::int64_t all = 0;           ///< in the order; 0 when the picture is not in it
  FamilyTies ties;
};

/// Days since 1970-01-01 and "2026-01-15"; a number outside 1970 to 9999 is the nearest day of that time.
std::string day_text(std::int64_t number);
std::int64_t day_number(std::string_view day);
/// Year x 12 + month - 1 and "2026-01", within the same time.
std::string month_text(std::int64_t number);
std::int64_t month_number(std::string_view month);

}  // namespace aisha::domain
