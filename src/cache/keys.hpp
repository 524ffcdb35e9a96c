// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"

/// The registry of everything the product keeps in short memory: no other file spells a cache key or a TTL. A TTL is an
/// upper bound; whoever writes the truth erases or refreshes the entry.
namespace aisha::cache::keys {

struct Entry {
  std::string key;
  Millis ttl;
};

inline constexpr Millis kMinute{60'000};
inline constexpr Millis kHour = 60 * kMinute;

/// All templates of the catalogue.
inline Entry templates() {
  return {"generation:templates:v1", kHour};
}
/// Categories an avatar type sees; `avatar_type` is "portrait" or "style".
inline Entry categories(std::string_view avatar_type) {
  return {"generation:categories:" + std::string(avatar_type), kHour};
}
/// Most used templates of thirty days.
inline Entry popular() {
  return {"generation:popular:30d", 30 * kMinute};
}
/// A person's favourite templates.
inline Entry favorites(const Uuid& user) {
  return {"generation:favorites:" + user.to_string(), 24 * kHour};
}
/// First page of a person's pictures.
inline Entry history(const Uuid& user) {
  return {"generation:history:" + user.to_string(), kHour};
}
/// A person's own figures.
inline Entry stats(const Uuid& user) {
  return {"generation:stats:" + user.to_string(), kHour};
}
/// Both are old with every picture that comes, goes, is kept or named.
inline std::array<Entry, 2> of_pictures(const Uuid& user) {
  return {stats(user), history(user)};
}
/// Every entry that is somebody's own.
inline std::array<Entry, 3> of_person(const Uuid& user) {
  return {favorites(user), history(user), stats(user)};
}
/// State, queue place and estimate of a running generation; refreshed on every change.
inline Entry progress(const Uuid& request) {
  return {"generation:progress:" + request.to_string(), 5 * kMinute};
}
/// The operator's figures of the day.
inline Entry analytics_daily() {
  return {"generation:analytics:daily", kHour};
}

// Of rates: such a key lives as long as its window.

/// Accepted requests of a person.
inline std::string request_rate(const Uuid& user) {
  return "limit:requests:" + user.to_string();
}
/// Updates of a person, by their Telegram id.
inline std::string update_rate(std::int64_t telegram_id) {
  return "limit:updates:" + std::to_string(telegram_id);
}

}  // namespace aisha::cache::keys
