// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "texts/texts.hpp"

/// Time zones as people are offered them and as they write them.
namespace aisha::bot::settings {

struct ZoneChoice {
  std::string_view zone;  ///< IANA
  const char* name;       ///< text id of its city
};
/// From west to east. Buttons name places of this list: it only grows at its end.
inline constexpr std::array<ZoneChoice, 12> kZones{{{"Europe/London", "zone.london"},
                                                    {"Europe/Berlin", "zone.berlin"},
                                                    {"Europe/Kaliningrad", "zone.kaliningrad"},
                                                    {"Europe/Moscow", "zone.moscow"},
                                                    {"Europe/Samara", "zone.samara"},
                                                    {"Asia/Yekaterinburg", "zone.yekaterinburg"},
                                                    {"Asia/Omsk", "zone.omsk"},
                                                    {"Asia/Krasnoyarsk", "zone.krasnoyarsk"},
                                                    {"Asia/Irkutsk", "zone.irkutsk"},
                                                    {"Asia/Yakutsk", "zone.yakutsk"},
                                                    {"Asia/Vladivostok", "zone.vladivostok"},
                                                    {"Asia/Almaty", "zone.almaty"}}};

/// "Москва +3", "Kolkata +5:30", "UTC+5": its city, in the person's language where it is one of kZones, and its offset
/// at `now`.
std::string zone_label(const texts::Texts& texts, std::string_view zone, TimePoint now);

/// The zone that a person wrote: one of kZones by its city in either language, what `usual_zone` and `zone_of_city`
/// understand.
std::optional<std::string> zone_of_words(const texts::Library& library, std::string_view words);

}  // namespace aisha::bot::settings
