// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <iterator>

namespace aisha::stores {

/// One statement text out of literals and texts made of them, by the compiler: joined("SELECT ", kColumns, " FROM t").
template <class... Parts>
consteval auto joined(const Parts&... parts) {
  std::array<char, (sizeof(Parts) + ...) - sizeof...(Parts) + 1> text{};
  auto* out = text.data();
  ((out = std::copy_n(std::data(parts), sizeof(parts) - 1, out)), ...);
  return text;
}

}  // namespace aisha::stores
