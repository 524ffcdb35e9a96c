// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>

namespace aisha::stores {

/// One statement text out of literal parts, made by the compiler: joined("SELECT ", kColumns, " FROM t").
template <std::size_t... N>
consteval auto joined(const char (&... parts)[N]) {
  std::array<char, (N + ...) - sizeof...(N) + 1> text{};
  auto* out = text.data();
  ((out = std::copy_n(parts, N - 1, out)), ...);
  return text;
}

}  // namespace aisha::stores
