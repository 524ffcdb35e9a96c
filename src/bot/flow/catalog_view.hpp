// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/features/create/screen.hpp"
#include "bot/features/job/screen.hpp"
#include "domain/avatar.hpp"
#include "domain/generation.hpp"
#include "domain/user.hpp"
#include "services/generations/request.hpp"

namespace aisha::catalog {
struct Template;
}

namespace aisha::bot {

/// The catalogue in a person's language, as screens want it. Lists hold what suits the avatar's kind.
class CatalogView {
 public:
  /// `price` is that of a picture whose style names none.
  CatalogView(services::Catalog catalog, std::int64_t price) : catalog_(catalog), price_(price) {}

  std::vector<screens::StyleItem> quick_looks(domain::AvatarKind kind, domain::Language language) const;
  std::vector<std::string> popular(domain::AvatarKind kind, domain::Language language) const;
  std::vector<screens::CategoryItem> categories(domain::AvatarKind kind, domain::Language language) const;
  std::vector<screens::StyleItem> in_category(std::string_view category, domain::AvatarKind kind,
                                              domain::Language language) const;
  std::optional<screens::CategoryItem> category(std::string_view id, domain::Language language) const;
  struct Found {
    screens::StyleItem item;
    std::string category;
  };
  /// Errors: template_unknown, template_disabled.
  Result<Found> style(std::string_view id, domain::Language language) const;

  /// Styles of the banner.
  std::vector<std::string> samples() const;
  std::int64_t price() const { return price_; }
  struct Prices {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
  };
  Prices prices() const;

  /// What the avatar's model offers; without an avatar the model of LoRA avatars.
  std::vector<std::string> ratios(const std::optional<domain::Avatar>& avatar) const;
  std::vector<std::string> qualities(const std::optional<domain::Avatar>& avatar) const;
  /// "ultra · 2K".
  std::string quality_label(const std::optional<domain::Avatar>& avatar, const domain::UserSettings& settings) const;

  /// A generation for its status message. `avatar` is the one it was made with, when it is still there.
  screens::Job job(const domain::Generation& generation, const std::optional<domain::Avatar>& avatar,
                   domain::Language language) const;

 private:
  screens::StyleItem item_of(const catalog::Template& style, domain::Language language) const;

  services::Catalog catalog_;
  std::int64_t price_ = 0;
};

}  // namespace aisha::bot
