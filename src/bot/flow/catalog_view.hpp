// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/uuid.hpp"
#include "catalog/templates/template.hpp"
#include "domain/avatar.hpp"
#include "domain/picture.hpp"
#include "domain/user.hpp"
#include "services/generations/request.hpp"

namespace aisha::bot {

/// A style as a person sees it, in their language.
struct StyleItem {
  std::string id;
  std::string icon;
  std::string title;
  std::string description;
  std::int64_t price = 0;
  bool popular = false;  ///< among the three that people like most now
  bool premium = false;
  bool is_available = true;  ///< false: kept once, and not to be had now
  bool rising = false;       ///< liked clearly more than before
  bool fresh = false;        ///< new in the catalogue
};

struct CategoryItem {
  std::string id;
  std::string icon;
  std::string title;
};

/// A generation as a person sees it.
struct GenerationView {
  Uuid id;
  std::string style;   ///< template id; "" for an own prompt
  std::string title;   ///< of the style, in the person's language
  std::string words;   ///< the person's own, else what the style is about, in their language
  std::string prompt;  ///< theirs, else the style's: what may be sent again, without the trigger of an avatar
  std::string own_prompt;
  std::string avatar;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::string model;       ///< "FLUX LoRA"
  std::string size;        ///< "2K"
  std::int64_t price = 0;  ///< coins that the same costs now
};

/// The catalogue in a person's language, as screens want it. Lists hold what suits the audience.
class CatalogView {
 public:
  /// `price` is that of a picture whose style names none.
  CatalogView(services::Catalog catalog, std::int64_t price) : catalog_(catalog), price_(price) {}

  std::vector<StyleItem> quick_looks(const catalog::Audience& audience, domain::Language language) const;
  std::vector<CategoryItem> categories(const catalog::Audience& audience, domain::Language language) const;
  std::vector<StyleItem> in_category(std::string_view category, const catalog::Audience& audience,
                                     domain::Language language) const;
  std::optional<CategoryItem> category(std::string_view id, domain::Language language) const;
  struct Found {
    StyleItem item;
    std::string category;
  };
  /// Whatever the season. Errors: template_unknown, template_disabled.
  Result<Found> style(std::string_view id, domain::Language language, std::int64_t surcharge) const;

  struct Looked {
    std::vector<std::string> ids;  ///< best first
    std::string corrected;         ///< the words that were looked for instead of those that were typed, or ""
  };
  /// Styles by words; between equals those stand first that are named first in `popular`.
  Looked find_styles(std::string_view words, const catalog::Audience& audience,
                     std::span<const std::string> popular = {}) const;
  /// Kept styles, in their order; those that are not to be had now, or not for that kind, are marked.
  std::vector<StyleItem> kept_styles(const std::vector<std::string>& ids, const catalog::Audience& audience,
                                     domain::Language language) const;

  /// Whether the style is to be had today with an avatar of that kind.
  bool suits(std::string_view id, const catalog::Audience& audience) const;

  /// Of a style that is not known: no.
  bool is_in_season(std::string_view id, std::string_view day) const;
  bool is_new(std::string_view id, std::string_view day) const;

  /// What a style is called, also one that is switched off; its id when the catalogue does not know it.
  std::string style_title(std::string_view id, domain::Language language) const;

  /// Styles of the banner.
  std::vector<std::string> samples() const;
  /// Coins that this quality costs beside the price of any style.
  std::int64_t surcharge(const std::optional<domain::Avatar>& avatar, const std::string& quality) const;
  /// Of a picture by own words.
  std::int64_t price(std::int64_t surcharge) const { return domain::price_of(price_, surcharge); }
  struct Prices {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
  };
  Prices prices() const;

  /// What the avatar's model offers, `auto` first; without an avatar the model of LoRA avatars.
  std::vector<std::string> ratios(const std::optional<domain::Avatar>& avatar, const std::string& quality) const;
  /// Of those ratios the ones that buttons offer, in their order.
  static std::vector<std::string> offered(const std::vector<std::string>& known);
  std::vector<std::string> qualities(const std::optional<domain::Avatar>& avatar) const;
  /// What a picture with these settings is made in.
  struct Quality {
    std::string preset;
    std::string size;  ///< "2K"; "" when the model does not say
  };
  Quality quality(const std::optional<domain::Avatar>& avatar, const domain::UserSettings& settings) const;

  /// A generation for its status message. `avatar` is the one it was made with, when it is still there.
  GenerationView generation(const domain::Picture& picture, const std::optional<domain::Avatar>& avatar,
                            domain::Language language) const;

 private:
  StyleItem item_of(const catalog::Template& style, domain::Language language, std::int64_t surcharge) const;

  services::Catalog catalog_;
  std::int64_t price_ = 0;
};

}  // namespace aisha::bot
