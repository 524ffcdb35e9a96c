// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::domain {

/// Code points that the columns of `users` hold.
inline constexpr std::size_t kUserNameMax = 64;
inline constexpr std::size_t kLanguageCodeMax = 8;

/// Row of `users`; column names match the existing Aisha schema.
struct User {
  Uuid id;
  std::int64_t telegram_id = 0;
  std::string first_name;
  std::string last_name;
  std::string username;
  std::string language_code;  ///< as Telegram sent it, e.g. "ru", "en-US"
  std::string timezone = "Europe/Moscow";
  bool is_premium = false;
  bool is_bot = false;
  bool is_blocked = false;  ///< the user blocked the bot: nothing is sent until an update comes
  TimePoint created_at;
  TimePoint updated_at;
};

enum class Language { ru, en };

/// "ru", "en".
std::string_view text_of(Language language);
/// ru, be, kk, uk and their regions -> Russian, anything else English.
Language language_for(std::string_view language_code);

/// Row of `user_settings`.
struct UserSettings {
  Language language = Language::en;
  std::string aspect_ratio = "3:4";
  std::string quality_preset = "auto";
  bool confirm = false;  ///< ask before each creation
  bool notify = true;    ///< a late result gets a short reply that makes the phone ring
  bool enhance = false;  ///< their own words are written out before they are sent
  /// What they have been told and are not told again, a bit each.
  std::int64_t hints = 0;

  static constexpr std::int64_t kEnglishHint = 1;  ///< that models understand English best
};

}  // namespace aisha::domain
