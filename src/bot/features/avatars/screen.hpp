// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/features/avatars/routes.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::avatars {

/// Avatars on one page.
inline constexpr std::int64_t kPerPage = 8;
/// Thrown away ones that are offered back.
inline constexpr std::size_t kOfferedBack = 2;

enum class State : std::uint8_t {
  ready,
  training,
  needs_photo,    ///< made of photos, none of which is kept
  needs_consent,  ///< made of photos of which nobody has said whose they are
  unusable
};

struct AvatarItem {
  Uuid id;
  std::string name;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  State state = State::ready;
  std::int64_t progress = 0;  ///< of the training, per cent
  std::string photo;          ///< domain::Avatar::photo
  bool is_main = false;
  bool is_of_photos = false;
  std::int64_t photos = 0;  ///< kept ones, of one made of photos
};

/// S12. `main`: that of all pages; none without a name.
struct ListView {
  AvatarItem main;
  std::vector<AvatarItem> items;
  std::int64_t page = 0;
  std::int64_t pages = 1;
  List route;
  std::vector<AvatarItem> binned;     ///< the last one first
  std::optional<AvatarItem> deleted;  ///< just now
  int trash_days = 0;
  std::string support;
  bool takes_photos = true;  ///< a new one can be made
};
Card list_card(const texts::Texts& texts, const ListView& view);

/// S12b: one avatar.
struct AvatarView {
  AvatarItem avatar;
  std::int64_t pictures = 0;
};
Card avatar_card(const texts::Texts& texts, const AvatarView& view);
Card ask_name_card(const texts::Texts& texts, const AvatarItem& avatar);

/// S12c: delete it? And what is told of one that is.
Card ask_delete_card(const texts::Texts& texts, const AvatarView& view, int trash_days);
Card deleted_card(const texts::Texts& texts, const AvatarItem& avatar, int trash_days);

}  // namespace aisha::bot::avatars
