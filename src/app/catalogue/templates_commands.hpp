// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

/// `aisha templates ...`: the catalogue of styles.
namespace aisha::app {

/// Errc::catalog_invalid names file and line; prints what the folder's catalogue ("" = the built-in one) holds
/// otherwise.
Result<void> check_templates_command(const std::string& dir);

struct TemplatesList {
  std::string dir;     ///< "" = the catalogue of the settings, else the built-in one
  std::string config;  ///< path of settings; "" = what a store holds is not asked
  std::string kind;    ///< "portrait", "style"; "" = both
  std::string day;     ///< "12-31": what is there on that day; "" = all seasons
  bool as_json = false;
};
/// One line a style, shelf by shelf. `config` as read from the path, if there is one. Errors: catalog_invalid,
/// config_invalid (no such day), unavailable.
Result<void> list_templates_command(const TemplatesList& wanted, const config::Config& config);

}  // namespace aisha::app
