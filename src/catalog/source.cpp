// SPDX-License-Identifier: Apache-2.0
#include "catalog/source.hpp"

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

Result<std::vector<SourceFile>> read_folder(const std::filesystem::path& folder) {
  std::error_code problem;
  std::vector<SourceFile> out;
  std::filesystem::directory_iterator entries(folder, problem);
  if (problem) {
    return fail(Errc::catalog_invalid, folder.string() + ": " + problem.message());
  }
  for (const auto& entry : entries) {
    if (entry.path().extension() != ".toml") {
      continue;
    }
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad() || !in.is_open()) {
      return fail(Errc::catalog_invalid, entry.path().string() + ": cannot be read");
    }
    out.push_back({entry.path().string(), std::move(text)});
  }
  return out;
}

}  // namespace

Result<std::vector<SourceFile>> Source::read(std::string_view kind) const {
  std::vector<SourceFile> out;
  if (folder.empty()) {
    const std::string prefix = std::string(kind) + "/";
    for (const embedded::File& file : embedded::catalog_data()) {
      if (file.path.starts_with(prefix)) {
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

}  // namespace aisha::catalog
