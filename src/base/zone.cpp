// SPDX-License-Identifier: Apache-2.0
#include "base/zone.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace aisha {
namespace {

using Seconds = std::chrono::seconds;

/// Offsets east of UTC from the given moments on, oldest first.
using Offsets = std::vector<std::pair<std::int64_t, Seconds>>;

std::int64_t big_endian(std::string_view bytes) {
  std::uint64_t out = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~0ULL : 0;
  for (const unsigned char byte : bytes) {
    out = (out << 8U) | byte;
  }
  return static_cast<std::int64_t>(out);
}

constexpr std::size_t kHeader = 44;
constexpr std::size_t kZonesKept = 1000;
constexpr std::string_view kNearlyEverybody = "Europe/Moscow";

// The six counts of a TZif header (RFC 8536 §3.1): isut, isstd, leap, times, types, chars.
std::size_t count_at(std::string_view header, std::size_t index) {
  return static_cast<std::size_t>(big_endian(header.substr(20 + index * 4, 4)));
}

// The 64-bit block of a version 2 file. What lies behind its last transition keeps the last offset: the rule in the
// footer only matters for years that the table does not reach (2037).
std::optional<Offsets> read_tzif(std::string_view file) {
  if (file.size() < kHeader || !file.starts_with("TZif") || file[4] < '2') {
    return std::nullopt;
  }
  const std::size_t first = kHeader + count_at(file, 3) * 5 + count_at(file, 4) * 6 + count_at(file, 5) +
                            count_at(file, 2) * 8 + count_at(file, 1) + count_at(file, 0);
  if (file.size() < first + kHeader) {
    return std::nullopt;
  }
  const std::string_view block = file.substr(first);
  const std::size_t times = count_at(block, 3);
  const std::size_t types = count_at(block, 4);
  if (types == 0 || block.size() < kHeader + times * 9 + types * 6) {
    return std::nullopt;
  }
  const std::string_view type_table = block.substr(kHeader + times * 9, types * 6);
  const auto offset_of = [&](std::size_t type) { return Seconds(big_endian(type_table.substr(type * 6, 4))); };
  Offsets out{{INT64_MIN, offset_of(0)}};
  for (std::size_t i = 0; i < times; ++i) {
    const auto type = static_cast<unsigned char>(block[kHeader + times * 8 + i]);
    if (type >= types) {
      return std::nullopt;
    }
    out.emplace_back(big_endian(block.substr(kHeader + i * 8, 8)), offset_of(type));
  }
  return out;
}

bool is_zone_name(std::string_view zone) {
  return !zone.empty() && zone.front() != '/' && zone.find("..") == std::string_view::npos &&
         std::ranges::all_of(zone, [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '/' || c == '_' || c == '-' || c == '+';
         });
}

// "GMT+5", "UTC-3:30": sign and hours as people write them, east positive.
std::optional<Seconds> fixed_offset(std::string_view zone) {
  if (zone.size() < 5 || (!zone.starts_with("GMT") && !zone.starts_with("UTC")) || (zone[3] != '+' && zone[3] != '-')) {
    return std::nullopt;
  }
  int hours = 0;
  int minutes = 0;
  const char* const end = zone.data() + zone.size();
  auto rest = std::from_chars(zone.data() + 4, end, hours);
  if (rest.ec == std::errc{} && rest.ptr != end && *rest.ptr == ':') {
    rest = std::from_chars(rest.ptr + 1, end, minutes);
  }
  if (rest.ec != std::errc{} || rest.ptr != end || hours > 14 || minutes > 59) {
    return std::nullopt;
  }
  const Seconds offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return zone[3] == '-' ? -offset : offset;
}

std::optional<Offsets> read_zone_file(std::string_view zone) {
  if (!is_zone_name(zone)) {
    return std::nullopt;
  }
  std::ifstream in("/usr/share/zoneinfo/" + std::string(zone), std::ios::binary);
  const std::string file{std::istreambuf_iterator<char>(in), {}};
  return read_tzif(file);
}

Offsets load(std::string_view zone) {
  if (const auto fixed = fixed_offset(zone)) {
    return {{INT64_MIN, *fixed}};
  }
  if (auto offsets = read_zone_file(zone)) {
    return std::move(*offsets);
  }
  // Machines without zone files still know the zone nearly everybody here has; it has kept one offset since 2014.
  return {{INT64_MIN, zone == kNearlyEverybody ? Seconds(std::chrono::hours(3)) : Seconds(0)}};
}

// "+5", "-0330", "+05:30" -> "GMT+5", "GMT-3:30", "GMT+5:30".
std::optional<std::string> gmt_from(std::string_view signed_hours) {
  std::string digits;
  std::ranges::copy_if(signed_hours.substr(1), std::back_inserter(digits), [](char c) { return c != ':'; });
  const bool plain = std::ranges::all_of(digits, [](unsigned char c) { return std::isdigit(c) != 0; });
  if (digits.empty() || digits.size() > 4 || !plain) {
    return std::nullopt;
  }
  const int number = std::stoi(digits);
  const int hours = digits.size() > 2 ? number / 100 : number;
  const int minutes = digits.size() > 2 ? number % 100 : 0;
  std::string name = fmt::format("GMT{}{}", signed_hours.front(), hours);
  if (minutes > 0) {
    name += fmt::format(":{:02}", minutes);
  }
  return fixed_offset(name) ? std::optional(std::move(name)) : std::nullopt;
}

std::optional<std::string> understand(std::string_view written) {
  std::string zone;
  std::ranges::copy_if(written, std::back_inserter(zone), [](char c) { return c != ' '; });
  std::string rest = zone;
  std::ranges::transform(rest, rest.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (rest == "Z" || rest == "UTC" || rest == "GMT") {
    return "UTC";
  }
  if (rest.starts_with("UTC") || rest.starts_with("GMT")) {
    rest.erase(0, 3);
  }
  if (rest.starts_with('+') || rest.starts_with('-')) {
    return gmt_from(rest);
  }
  return zone == kNearlyEverybody || read_zone_file(zone) ? std::optional(std::move(zone)) : std::nullopt;
}

const Offsets& offsets_of(std::string_view zone) {
  static std::map<std::string, Offsets, std::less<>> known;
  auto found = known.find(zone);
  if (found == known.end()) {
    found = known.emplace(std::string(zone), load(zone)).first;
  }
  return found->second;
}

Seconds offset_at(std::chrono::sys_seconds utc, std::string_view zone) {
  const Offsets& offsets = offsets_of(zone);
  const auto next = std::ranges::upper_bound(offsets, utc.time_since_epoch().count(), {},
                                             [](const auto& entry) { return entry.first; });
  return std::prev(next)->second;
}

/// What the clocks there show.
std::chrono::sys_seconds local(TimePoint t, std::string_view zone) {
  const auto utc = std::chrono::floor<Seconds>(t);
  return utc + offset_at(utc, zone);
}

/// Small letters without blanks and underscores.
std::string plain_name(std::string_view written) {
  std::string out;
  for (const char c : written) {
    if (c != ' ' && c != '_') {
      out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
  }
  return out;
}

/// Zones by their plain names and by those of their cities; "" for a city that several end in.
std::map<std::string, std::string, std::less<>> read_cities() {
  std::map<std::string, std::string, std::less<>> out;
  std::ifstream in("/usr/share/zoneinfo/zone.tab");
  for (std::string line; std::getline(in, line);) {
    // Country, coordinates, name, perhaps a comment, with a tab between each.
    const auto second = line.find('\t', line.find('\t') + 1);
    if (line.starts_with('#') || second == std::string::npos) {
      continue;
    }
    const std::string name = line.substr(second + 1, line.find('\t', second + 1) - second - 1);
    const std::string plain = plain_name(name);
    out.insert_or_assign(plain, name);
    const auto [city, is_new] = out.emplace(plain.substr(plain.rfind('/') + 1), name);
    if (!is_new && city->second != name) {
      city->second.clear();
    }
  }
  return out;
}

}  // namespace

std::string local_day(TimePoint t, std::string_view zone) {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(local(t, zone))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

TimePoint end_of_utc_day(TimePoint t) {
  return std::chrono::floor<std::chrono::days>(t) + std::chrono::days(1);
}

std::string local_time(TimePoint t, std::string_view zone) {
  const auto there = local(t, zone);
  const auto seconds = (there - std::chrono::floor<std::chrono::days>(there)).count();
  return fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
}

std::optional<std::string> usual_zone(std::string_view written) {
  static std::map<std::string, std::optional<std::string>, std::less<>> known;
  const auto found = known.find(written);
  if (found != known.end()) {
    return found->second;
  }
  if (known.size() >= kZonesKept) {
    known.clear();
  }
  return known.emplace(std::string(written), understand(written)).first->second;
}

std::chrono::minutes zone_offset(TimePoint t, std::string_view zone) {
  const auto utc = std::chrono::floor<Seconds>(t);
  return std::chrono::duration_cast<std::chrono::minutes>(offset_at(utc, zone));
}

std::optional<std::string> zone_of_city(std::string_view written) {
  static const auto kCities = read_cities();
  const auto found = kCities.find(plain_name(written));
  if (found == kCities.end() || found->second.empty()) {
    return std::nullopt;
  }
  return usual_zone(found->second);
}

}  // namespace aisha
