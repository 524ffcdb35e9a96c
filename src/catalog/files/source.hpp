// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace aisha::catalog {

/// One TOML file, read.
struct SourceFile {
  std::string name;  ///< as it appears in error messages
  std::string text;
};

/// Where the catalogue comes from: the data built into the binary, or a folder with the same layout
/// (`templates/*.toml`, `models/*.toml`), which then replaces it as a whole. So are ideas and rules of moderation, a
/// file each of the built-in data.
struct Source {
  std::filesystem::path folder;  ///< empty = built in

  /// The files of `templates` or `models`, or of "" those of the folder itself, sorted by name. Error: catalog_invalid
  /// (folder unreadable or empty).
  Result<std::vector<SourceFile>> read(std::string_view kind) const;

  /// Names, sizes and times of change of those files: another text when one of them is another. What is built in never
  /// changes. Error: catalog_invalid (folder unreadable).
  Result<std::string> stamp(std::string_view kind) const;
};

}  // namespace aisha::catalog
