// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "tests/fakes/paths.hpp"
#include "tests/unit/texts/catalogue.hpp"

namespace aisha::texts {
namespace {

using testing::read_catalogue;

std::set<std::string> find_in_sources(const std::regex& wanted) {
  std::set<std::string> out;
  for (const char* folder : {"/src/bot", "/src/texts", "/src/web"}) {
    const std::filesystem::path root = aisha::fakes::source_dir() + std::string(folder);
    if (!std::filesystem::exists(root)) {
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") {
        continue;
      }
      std::ifstream in(entry.path());
      const std::string text(std::istreambuf_iterator<char>(in), {});
      for (std::sregex_iterator it(text.begin(), text.end(), wanted), end; it != end; ++it) {
        out.insert((*it)[1]);
      }
    }
  }
  return out;
}

/// Every literal that could be an id.
std::set<std::string> ids_in_sources() {
  return find_in_sources(std::regex(R"re("([a-z]+\.[a-z0-9_]+)")re"));
}

/// Those that certainly are: first arguments of the calls that read a text.
std::set<std::string> ids_in_calls() {
  return find_in_sources(std::regex(R"re((?:plain|rich|count)\(\s*"([^"]+)")re"));
}

TEST(Catalogues, HoldEveryIdTheSourcesNameAndNoOther) {
  const auto used = ids_in_sources();
  const auto entries = read_catalogue("ru");
  for (const auto& [id, forms] : entries) {
    EXPECT_TRUE(used.contains(id)) << id << " is in the catalogues and nowhere in the sources";
  }
  for (const auto& id : ids_in_calls()) {
    EXPECT_TRUE(entries.contains(id)) << id << " is named in the sources and not in the catalogues";
  }
}

}  // namespace
}  // namespace aisha::texts
