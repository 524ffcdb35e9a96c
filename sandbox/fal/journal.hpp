// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/json.hpp"

namespace aisha::sandbox::fal {

/// Append-only JSON lines; the last line of a thing wins. An empty path keeps nothing.
class Journal {
 public:
  explicit Journal(std::filesystem::path path) : path_(std::move(path)) {}

  /// All whole lines; a torn last line (the process was killed in it) is dropped.
  std::vector<json::Value> read() const;
  void append(const json::Value& line);
  /// Replaces everything: at a start, so that the file does not grow for ever, and at a reset.
  void rewrite(const std::vector<json::Value>& lines);

 private:
  std::filesystem::path path_;
  std::ofstream out_;
};

}  // namespace aisha::sandbox::fal
