// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::sharing {

/// S20.
struct ShareView {
  Uuid picture;
  std::string link;   ///< "" while the bot's name is not known
  std::string until;  ///< "2026-12-29"
  std::int64_t opened = 0;
  bool has_inline = false;  ///< a chat can be chosen; else a copy is sent to be forwarded
};
Card share_card(const texts::Texts& texts, const ShareView& view);
/// S20, closed.
Card closed_card(const texts::Texts& texts, const Uuid& picture);

/// A copy to be forwarded.
struct CopyView {
  Uuid picture;
  std::string style;  ///< its title, "" = an own prompt
  std::string link;   ///< "" = none is open
};
Card copy_card(const texts::Texts& texts, const CopyView& view);

/// S20b, for whoever came by a link.
struct SharedView {
  photo::Shared photo;
  std::string style;         ///< template id; "" = an own prompt
  std::string title;         ///< of the style
  bool is_available = true;  ///< the style is to be had, with their avatar, today
};
Card shared_card(const texts::Texts& texts, const SharedView& view);
/// The same for every link that shows nothing.
Card gone_card(const texts::Texts& texts);

}  // namespace aisha::bot::sharing
