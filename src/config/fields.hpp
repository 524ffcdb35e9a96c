// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>
#include <variant>

#include "config/config.hpp"

namespace aisha::config {

struct Range {
  std::int64_t least = 0;
  std::int64_t most = INT64_MAX;
};

template <class T>
using Access = T& (*)(Config&);

/// Where a value goes; Millis are written as milliseconds.
using Target = std::variant<Access<std::string>, Access<Secret>, Access<std::int64_t>, Access<Millis>, Access<bool>,
                            Access<std::vector<std::string>>, Access<double>>;

/// One setting: its table and key in the file; the environment's name follows from them.
struct Field {
  std::string_view section;  ///< "" = top level
  std::string_view key;
  Target target;
  Range range{};
  std::string_view choices{};  ///< "a|b|c", "" = free text
};

/// The values of all settings that are secrets.
std::vector<Secret> secrets_of(const Config& config);

/// THE list of settings.
std::span<const Field> fields();

}  // namespace aisha::config
