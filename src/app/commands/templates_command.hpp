// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"

namespace aisha::app {

/// Errc::catalog_invalid names file and line; prints what the folder's catalogue ("" = the built-in one) holds
/// otherwise.
Result<void> check_templates_command(const std::string& dir);

struct TemplatesList {
  std::string dir;   ///< "" = the built-in catalogue
  std::string kind;  ///< "portrait", "style"; "" = both
  std::string day;   ///< "12-31": what is there on that day; "" = all seasons
  bool as_json = false;
};
/// One line a style, shelf by shelf. Errors: catalog_invalid, config_invalid (no such day).
Result<void> list_templates_command(const TemplatesList& wanted);

}  // namespace aisha::app
