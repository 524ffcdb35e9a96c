// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

/// Files built into the binary. `aisha_embed(target NAME BASE dir FILES ...)` of cmake/Embed.cmake defines
/// `aisha::embedded::Files NAME()`; whoever uses it declares that one line.
namespace aisha::embedded {

/// Both members live as long as the process.
struct File {
  std::string_view path;  ///< relative to BASE, with '/'
  std::string_view bytes;
};

/// Sorted by path.
using Files = std::span<const File>;

}  // namespace aisha::embedded
