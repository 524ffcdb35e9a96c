// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uuid.hpp"
#include "stores/pictures/user_days.hpp"

namespace aisha::services {

struct StyleFigure {
  std::string style;  ///< "" = own prompts
  std::int64_t made = 0;
};

/// What was made within some last days, or ever.
struct WindowFigures {
  std::int64_t made = 0;
  std::int64_t pictures = 0;    ///< of them live now
  std::int64_t favourites = 0;  ///< of those
  std::int64_t spent = 0;       ///< coins
  std::int64_t timed = 0;       ///< of `made` those whose time is known ...
  std::int64_t took_ms = 0;     ///< ... and their time together
  /// Made in each of the last twelve days, weeks or months, oldest first; further back than the window.
  std::vector<std::int64_t> columns;
  std::int64_t lit = 0;             ///< so many of the last columns lie within the window
  std::vector<StyleFigure> styles;  ///< the most made ones, at most five
};

/// A person's own figures on a day of theirs.
struct OwnFigures {
  std::string day;
  WindowFigures week;   ///< seven days
  WindowFigures month;  ///< thirty days
  WindowFigures all;
  std::int64_t binned = 0;   ///< in the trash
  std::optional<Uuid> last;  ///< the newest that can be shown
};

/// First day whose rows are wanted by day for the figures of `today`.
std::string figures_days_from(std::string_view today);
OwnFigures fold_figures(const stores::user_days::Figures& read, std::string_view today);

/// The form in which they are remembered; nullopt for a text that is not that form.
std::string write_own_figures(const OwnFigures& figures);
std::optional<OwnFigures> read_own_figures(std::string_view text);
inline constexpr std::uint32_t kOwnFiguresFormat = 2;

BOOST_DESCRIBE_STRUCT(StyleFigure, (), (style, made))
BOOST_DESCRIBE_STRUCT(WindowFigures, (), (made, pictures, favourites, spent, timed, took_ms, columns, lit, styles))

}  // namespace aisha::services
