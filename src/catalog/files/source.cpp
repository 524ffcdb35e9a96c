// SPDX-License-Identifier: Apache-2.0
#include "catalog/files/source.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/embedded.hpp"

namespace aisha::embedded {
Files catalog_data();
}

namespace aisha::catalog {
namespace {

/// Sorted by name.
Result<std::vector<std::filesystem::directory_entry>> toml_files(const std::filesystem::path& folder) {
  std::error_code problem;
  std::vector<std::filesystem::directory_entry> out;
  std::filesystem::directory_iterator entries(folder, problem);
  for (; !problem && entries != std::filesystem::directory_iterator(); entries.increment(problem)) {
    if (entries->path().extension() == ".toml") {
      out.push_back(*entries);
    }
  }
  if (problem) {
    return fail(Errc::catalog_invalid, folder.string() + ": " + problem.message());
  }
  std::ranges::sort(out);
  return out;
}

Result<std::vector<SourceFile>> read_folder(const std::filesystem::path& folder) {
  const auto files = toml_files(folder);
  if (!files) {
    return std::unexpected(files.error());
  }
  std::vector<SourceFile> out;
  for (const auto& file : *files) {
    std::ifstream in(file.path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad() || !in.is_open()) {
      return fail(Errc::catalog_invalid, file.path().string() + ": cannot be read");
    }
    out.push_back({file.path().string(), std::move(text)});
  }
  return out;
}

}  // namespace

Result<std::vector<SourceFile>> Source::read(std::string_view kind) const {
  std::vector<SourceFile> out;
  if (folder.empty()) {
    const std::string prefix = std::string(kind) + "/";
    const std::string alone = std::string(kind) + ".toml";
    for (const embedded::File& file : embedded::catalog_data()) {
      if (file.path.starts_with(prefix) || file.path == alone) {
        out.push_back({"data/" + std::string(file.path), std::string(file.bytes)});
      }
    }
  } else {
    auto read = read_folder(folder / kind);
    if (!read) {
      return read;
    }
    out = std::move(*read);
  }
  if (out.empty()) {
    return fail(Errc::catalog_invalid, (folder / kind).string() + ": no .toml file");
  }
  std::ranges::sort(out, {}, &SourceFile::name);
  return out;
}

Result<std::string> Source::stamp(std::string_view kind) const {
  std::string out;
  if (folder.empty()) {
    return out;
  }
  const auto files = toml_files(folder / kind);
  if (!files) {
    return std::unexpected(files.error());
  }
  for (const auto& file : *files) {
    // One that is gone by now is another stamp the next time.
    std::error_code gone;
    const auto changed = file.last_write_time(gone).time_since_epoch().count();
    out += fmt::format("{}:{}:{}\n", file.path().filename().string(), file.file_size(gone), changed);
  }
  return out;
}

}  // namespace aisha::catalog
