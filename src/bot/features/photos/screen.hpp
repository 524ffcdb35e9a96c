// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/features/photos/routes.hpp"
#include "services/photos/reference_avatars.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::photos {

/// A1: how an avatar is made.
Card ways_card(const texts::Texts& texts);

/// How an avatar is coming along.
struct PhotosView {
  Uuid avatar;
  std::string name;
  std::string face;  ///< domain::Avatar::photo
  bool is_ready = false;
  std::int64_t kept = 0;
  std::int64_t most = 0;
  std::int64_t checking = 0;
  std::vector<services::PhotoLine> lines;
  int draft_days = 0;
};
/// A2: who is in the photos, and the consent; names what was refused meanwhile.
Card consent_card(const texts::Texts& texts, const PhotosView& view);
/// A3: the photos, every refused one by its number or its file's name.
Card photos_card(const texts::Texts& texts, const PhotosView& view);

/// The paid button of a ready avatar.
struct FirstPortrait {
  std::string style;
  std::int64_t nonce = 0;
  std::int64_t price = 0;
};
/// A5r: it is ready. Without a first portrait it is not the main one, and can be made that.
struct ReadyView {
  Uuid avatar;
  std::string name;
  std::string face;
  std::optional<FirstPortrait> first;
};
Card ready_card(const texts::Texts& texts, const ReadyView& view);

/// A draft is no more; or a consent is withdrawn.
Card discarded_card(const texts::Texts& texts, const std::string& name, bool was_ready);

}  // namespace aisha::bot::photos
