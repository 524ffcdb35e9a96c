// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fakes/paths.hpp"
#include "tests/fuzz/targets.hpp"

namespace aisha::fuzz {
namespace {

class Corpus : public testing::TestWithParam<Target> {};

TEST_P(Corpus, KeepsEveryPromiseForAllKeptBytes) {
  const auto folder = std::filesystem::path(aisha::fakes::source_dir()) / "tests/fuzz/corpus" / GetParam().name;
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    SCOPED_TRACE(entry.path().string());
    GetParam().run(bytes);
    // Cut anywhere, as a broken connection would: a parser that reads past its end is seen by the sanitizer leg.
    for (std::size_t cut = 0; cut < bytes.size() && cut < 512; ++cut) {
      GetParam().run(std::string(bytes, 0, cut));
    }
    ++seen;
  }
  EXPECT_GT(seen, 0);
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace aisha::fuzz
