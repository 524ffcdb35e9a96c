// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/flow/own_list.hpp"
#include "domain/own_days.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::gallery {

/// S7: a page of a day.
struct DayView {
  domain::OwnDay day;
  std::vector<OwnItem> items;
  std::int64_t ahead = 0;  ///< of the day, before the first of them
};
Card day_card(const texts::Texts& texts, const DayView& view);

/// S7 of somebody without pictures.
struct EmptyView {
  std::vector<std::string> samples;  ///< style ids of the banner
  std::int64_t removed = 0;          ///< in the bin
};
Card empty_card(const texts::Texts& texts, const EmptyView& view);

/// S7b. A page that there is not is the last one.
struct MonthView {
  domain::OwnMonth month;
  std::int64_t page = 0;
};
Card month_card(const texts::Texts& texts, const MonthView& view);

/// S8. What is not known is left out: "" and 0.
struct PictureView {
  OwnItem item;
  domain::OwnMarks marks;
  Origin origin = Origin::day;
  std::string style;  ///< template id; "" for an own prompt
  std::string time;   ///< "14:05"
  std::string avatar;
  std::string ratio;
  std::string model;
  std::string size;  ///< "1536×2048"
  std::int64_t seconds = 0;
  std::int64_t price = 0;
  std::int64_t seed = 0;
  std::string words;  ///< the person's own, else the style's prompt
  std::optional<Uuid> newer;
  std::optional<Uuid> older;
  std::int64_t ahead = 0;
  std::int64_t ahead_on_day = 0;
  std::int64_t all = 0;  ///< 0 = it is not in the order that is turned
  domain::FamilyTies ties;
  std::int64_t again_price = 0;  ///< coins of another one like it
  std::int64_t nonce = 0;        ///< of the button that makes it
};
Card picture_card(const texts::Texts& texts, const PictureView& view);

/// S8b.
struct NameView {
  Uuid picture;
  std::string name;  ///< as it is now; "" = none
};
Card name_card(const texts::Texts& texts, const NameView& view);

}  // namespace aisha::bot::gallery
