// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

/// `aisha templates preview`
struct PreviewsWanted {
  std::vector<std::string> styles;  ///< ids; none = every style
  std::string kind;                 ///< "portrait", "style"; "" = both
  bool force = false;               ///< those too that there are
  bool drop_unused = false;         ///< those go that the catalogue has no style for
  std::string to;                   ///< a folder; "" = the store of the settings
  bool yes = false;                 ///< nobody is asked before money is spent
};

/// Makes the previews that are lacking, saying first how many and for how much. The status to end with: 0, or 1 when
/// one could not be made or nobody agreed. Errors: config_secret, config_invalid (no such style), catalog_invalid,
/// start_failed, unavailable.
Result<int> make_previews_command(const config::Config& config, const PreviewsWanted& wanted);

}  // namespace aisha::app
