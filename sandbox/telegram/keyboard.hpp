// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/json.hpp"
#include "sandbox/telegram/errors.hpp"
#include "sandbox/telegram/params.hpp"

namespace aisha::sandbox::telegram {

/// A checked reply_markup. `inline_rows` as echoed in messages; `other` = reply keyboard, its removal or a forced
/// reply, which the chat shows but no Message echoes.
struct Markup {
  std::optional<json::Value> inline_keyboard;  ///< {"inline_keyboard":[[...]]}
  std::optional<json::Value> other;
};

/// `reply_markup` of a call. Buttons with an empty text vanish, an empty keyboard is none; of several actions in one
/// button the first of Telegram's order wins.
/// `has_inline`: the bot's inline mode is on; without it no button may switch to it.
Checked<Markup> read_markup(const Params& params, bool has_inline);

}  // namespace aisha::sandbox::telegram
