// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "catalog/template_manager.hpp"
#include "tests/fakes/paths.hpp"

namespace aisha::bot {
namespace {

constexpr std::uintmax_t kMaxBytes = 40'000;

TEST(Previews, ExistForEveryBuiltInStyleAndEveryAvatarItSuits) {
  const std::filesystem::path folder = aisha::fakes::source_dir() + "/data/previews";
  const auto templates = catalog::TemplateManager::load({}).value();
  ASSERT_GT(templates->all().templates.size(), 10U);
  for (const auto& style : templates->all().templates) {
    if (style->for_portrait) {
      EXPECT_TRUE(std::filesystem::exists(folder / (style->id + ".portrait.jpg"))) << style->id;
    }
    if (style->for_style) {
      EXPECT_TRUE(std::filesystem::exists(folder / (style->id + ".style.jpg"))) << style->id;
    }
  }
}

TEST(Previews, AreSmallEnoughToBeCarriedInTheBinary) {
  for (const auto& entry : std::filesystem::directory_iterator(aisha::fakes::source_dir() + "/data/previews")) {
    EXPECT_LE(entry.file_size(), kMaxBytes) << entry.path();
  }
}

}  // namespace
}  // namespace aisha::bot
