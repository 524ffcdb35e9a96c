// SPDX-License-Identifier: Apache-2.0
#include "bot/features/settings/zone_choice.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include "base/words.hpp"
#include "base/zone.hpp"

namespace aisha::bot::settings {
namespace {

/// "+3", "-3:30".
std::string offset_text(std::chrono::minutes offset) {
  const auto minutes = std::abs(offset.count());
  const char sign = offset.count() < 0 ? '-' : '+';
  return minutes % 60 == 0 ? fmt::format("{}{}", sign, minutes / 60)
                           : fmt::format("{}{}:{:02}", sign, minutes / 60, minutes % 60);
}

}  // namespace

std::string zone_label(const texts::Texts& texts, std::string_view zone, TimePoint now) {
  const std::string offset = offset_text(zone_offset(now, zone));
  if (zone == "UTC" || zone.starts_with("GMT")) {
    return zone_offset(now, zone).count() == 0 ? "UTC" : "UTC" + offset;
  }
  const auto known = std::ranges::find(kZones, zone, &ZoneChoice::zone);
  std::string city(zone.substr(zone.rfind('/') + 1));
  std::ranges::replace(city, '_', ' ');
  return fmt::format("{} {}", known == kZones.end() ? city : texts.plain(known->name), offset);
}

std::optional<std::string> zone_of_words(const texts::Library& library, std::string_view words) {
  const std::string folded = words::fold_case(words);
  for (const ZoneChoice& choice : kZones) {
    for (const texts::Texts* texts : {&library.ru, &library.en}) {
      if (words::fold_case(texts->plain(choice.name)) == folded) {
        return std::string(choice.zone);
      }
    }
  }
  auto zone = usual_zone(words);
  return zone ? zone : zone_of_city(words);
}

}  // namespace aisha::bot::settings
