// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/avatar.hpp"

namespace aisha::catalog {

/// A text in both languages.
struct Words {
  std::string ru;
  std::string en;

  /// Russian for "ru", English for anything else.
  const std::string& in(std::string_view language) const { return language == "ru" ? ru : en; }
};

/// A shelf of styles.
struct Category {
  std::string id;  ///< slug of at most 16 characters [a-z0-9-_]
  Words name;
  Words description;
  std::string emoji;
  int order = 0;
};

/// Whether "12-15" is a date that there is in some year.
bool is_date_of_year(std::string_view text);

/// The days of each year on which a style is to be had: "12-15" to "01-14", both included; over New Year when `until`
/// comes before `from`.
struct Season {
  std::string from;
  std::string until;

  /// `day` is somebody's own, "2026-01-14".
  bool has(std::string_view day) const;
};

/// Whose eyes a list of styles is for.
struct Audience {
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::string day;             ///< theirs, "2026-01-14"; "" = what is there all the year
  std::int64_t surcharge = 0;  ///< coins that their quality costs beside each style's price
};

/// A ready-made style.
struct Template {
  std::string id;  ///< slug of at most 24 characters [a-z0-9-_]; part of callback_data
  std::string category;
  Words name;         ///< without the emoji
  Words description;  ///< one line
  std::string emoji;
  std::string prompt;        ///< English, for portrait avatars and without an avatar
  std::string style_prompt;  ///< English, for style avatars
  std::string prompt_woman;  ///< English, for portrait avatars of a woman; "" = `prompt`
  std::string prompt_man;    ///< the same of a man
  std::vector<std::string> tags;
  std::string aspect_ratio;      ///< default, "3:4"
  int price = 0;                 ///< coins; 0 = the usual price
  int order = 0;                 ///< place in its category
  int quick_look = 0;            ///< place among the quick looks, 1..6; 0 = none
  std::optional<Season> season;  ///< nothing = all the year
  std::string since;             ///< the day "2026-12-01" from which it is news; "" = none
  int popular = 0;               ///< place among the popular ones while there is no usage yet; 0 = none
  bool premium = false;
  bool enabled = true;
  bool for_portrait = true;
  bool for_style = true;

  bool suits(domain::AvatarKind kind) const { return kind == domain::AvatarKind::portrait ? for_portrait : for_style; }
  bool is_in_season(std::string_view day) const { return !season || season->has(day); }
  bool suits(const Audience& audience) const { return suits(audience.kind) && is_in_season(audience.day); }
  /// For two weeks from its first day on.
  bool is_new(std::string_view day) const;
  /// Of any avatar of that kind: what previews are made with.
  const std::string& prompt_for(domain::AvatarKind kind) const {
    return kind == domain::AvatarKind::style ? style_prompt : prompt;
  }
  const std::string& prompt_for(const domain::Avatar& avatar) const;
  /// Coins of one picture; `usual` is the price of those whose style names none.
  std::int64_t price_or(std::int64_t usual) const { return price > 0 ? price : usual; }
};

/// Shared, because a screen or a job may still hold a template while a reload replaces the catalogue.
using TemplateRef = std::shared_ptr<const Template>;

/// Categories and templates at one moment; immutable.
struct TemplateSet {
  std::vector<Category> categories;    ///< by order, then id
  std::vector<TemplateRef> templates;  ///< by category, order, id; disabled ones included
};

}  // namespace aisha::catalog
