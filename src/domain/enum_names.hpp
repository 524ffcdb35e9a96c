// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>

/// Texts of an enum whose values count from 0: one array, in the order of the values.
namespace aisha::domain::enum_names {

template <class Enum, std::size_t N>
std::string_view text_of(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

/// Nothing for a text that is not among the names.
template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

/// For texts that a CHECK of the database guards. Throws std::invalid_argument for any other.
template <class Enum, std::size_t N>
Enum value_of(const std::array<std::string_view, N>& names, std::string_view text) {
  if (const auto found = find<Enum>(names, text)) {
    return *found;
  }
  throw std::invalid_argument(fmt::format("no such name in the database's vocabulary: {}", text));
}

}  // namespace aisha::domain::enum_names
