// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.hpp"
#include "base/uuid.hpp"

namespace aisha::bot {

/// What a button means. One struct per route; a button exists only for a route of this list.
namespace route {

/// Where a style card was opened from, for its way back.
enum class Origin : char { create = 'c', category = 'k', home = 'h' };
/// What `Set` changes.
enum class Setting : char { ratio = 'r', quality = 'q', confirm = 'c' };

struct Home {
  bool operator==(const Home&) const = default;
};
struct Create {
  bool operator==(const Create&) const = default;
};
/// `info`: numbers open the style card instead of starting at once.
struct Category {
  std::string category;
  std::int64_t page = 0;
  bool info = false;
  bool operator==(const Category&) const = default;
};
struct Style {
  std::string style;
  Origin origin = Origin::create;
  bool operator==(const Style&) const = default;
};
/// Paid. `nonce` is the card's revision: one tap under one revision.
struct Generate {
  std::string style;
  std::int64_t nonce = 0;
  bool operator==(const Generate&) const = default;
};
struct Prompt {
  bool operator==(const Prompt&) const = default;
};
/// Paid: the prompt that waits for its confirmation.
struct GeneratePrompt {
  std::int64_t nonce = 0;
  bool operator==(const GeneratePrompt&) const = default;
};
/// Paid: a failed generation once more.
struct Repeat {
  Uuid generation;
  bool operator==(const Repeat&) const = default;
};
struct CancelJob {
  Uuid generation;
  bool operator==(const CancelJob&) const = default;
};
struct Download {
  Uuid picture;
  bool operator==(const Download&) const = default;
};
struct Remove {
  Uuid picture;
  bool operator==(const Remove&) const = default;
};
struct Undo {
  Uuid picture;
  bool operator==(const Undo&) const = default;
};
struct Settings {
  bool operator==(const Settings&) const = default;
};
/// `value` is set, never toggled: a double tap is harmless. A ratio is written "3-4".
struct Set {
  Setting key = Setting::ratio;
  std::string value;
  bool operator==(const Set&) const = default;
};
/// A ratio chosen on a style card; the card is shown again.
struct StyleRatio {
  std::string style;
  Origin origin = Origin::create;
  std::string ratio;  ///< "3-4"
  bool operator==(const StyleRatio&) const = default;
};
/// A ratio chosen on the card that confirms a prompt.
struct PromptRatio {
  std::string ratio;  ///< "3-4"
  bool operator==(const PromptRatio&) const = default;
};
struct Languages {
  bool operator==(const Languages&) const = default;
};
struct SetLanguage {
  std::string language;
  bool operator==(const SetLanguage&) const = default;
};
struct Help {
  bool operator==(const Help&) const = default;
};
/// A label that is no button, e.g. the page number.
struct Nothing {
  bool operator==(const Nothing&) const = default;
};

}  // namespace route

using Callback = std::variant<route::Home, route::Create, route::Category, route::Style, route::Generate, route::Prompt,
                              route::GeneratePrompt, route::Repeat, route::CancelJob, route::Download, route::Remove,
                              route::Undo, route::Settings, route::Set, route::StyleRatio, route::PromptRatio,
                              route::Languages, route::SetLanguage, route::Help, route::Nothing>;

/// Bot API: callback_data is 1-64 bytes.
inline constexpr std::size_t kCallbackMaxBytes = 64;

/// `ver route *( ":" arg )`, e.g. "1g:business:3"; ids are base64url, numbers base 36. The longest possible form of
/// every route is below the limit. Throws std::logic_error for a slug that the catalogue would have refused.
std::string encode(const Callback& callback);

/// The exact inverse: what `encode` does not write is Errc::callback_unknown (another version, unknown route, missing
/// or surplus arguments, leading zeros, random bytes).
Result<Callback> decode(std::string_view data);

}  // namespace aisha::bot
