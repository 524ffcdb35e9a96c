// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catalog/models/model_input.hpp"
#include "tests/fakes/paths.hpp"
#include "tests/unit/catalog/models/rows.hpp"

namespace aisha::catalog {
namespace {

using testing::shipped;

constexpr std::array<std::string_view, 6> kOffered{"1:1", "3:4", "4:3", "9:16", "16:9", "21:9"};

/// Keys in order, numbers as a person writes them.
std::string canonical(const json::Value& value) {
  if (value.is_object()) {
    std::map<std::string, std::string> sorted;
    for (const auto& [key, inner] : value.get_object()) {
      sorted[std::string(key)] = canonical(inner);
    }
    std::string out;
    for (const auto& [key, inner] : sorted) {
      out += fmt::format("{}\"{}\":{}", out.empty() ? "" : ",", key, inner);
    }
    return "{" + out + "}";
  }
  if (value.is_array()) {
    std::string out;
    for (const json::Value& inner : value.get_array()) {
      out += (out.empty() ? "" : ",") + canonical(inner);
    }
    return "[" + out + "]";
  }
  return value.is_double() ? fmt::format("{}", value.get_double()) : json::serialize(value);
}

/// What goes to the provider for a prompt P, a LoRA or finetune of that address, two photos and, but for `make`, a
/// picture.
std::string vector_of(const Model& row, Purpose purpose, const std::string& quality, const std::string& ratio) {
  GenerationSpec spec;
  spec.prompt = "P";
  spec.quality = quality;
  spec.aspect_ratio = ratio;
  spec.avatar = row.avatar.pass == AvatarPass::finetune ? "F" : "https://files.example/lora.safetensors";
  if (row.avatar.pass == AvatarPass::references && purpose != Purpose::words) {
    spec.references = {"https://files.example/1.jpg", "https://files.example/2.jpg"};
  } else if (row.avatar.pass == AvatarPass::references) {
    spec.references = {"https://files.example/1.jpg"};
  }
  if (purpose != Purpose::make) {
    spec.source = "https://files.example/picture.jpg";
  }
  spec.seed = 7;
  const auto input = row.input(spec);
  EXPECT_TRUE(input) << row.id << " " << quality << " " << ratio << ": " << input.error().detail;
  return fmt::format("{{\"purpose\":\"{}\",\"quality\":\"{}\",\"ratio\":\"{}\",\"endpoint\":\"{}\",\"input\":{}}}",
                     text_of(purpose), quality, ratio, row.endpoint, input ? canonical(*input) : "null");
}

/// One vector a line.
std::string vectors_of(const Model& row) {
  std::string out;
  for (const Purpose purpose : row.purposes) {
    for (const std::string& quality : row.qualities()) {
      for (const std::string_view ratio : kOffered) {
        if (row.size(quality, ratio)) {
          out += vector_of(row, purpose, quality, std::string(ratio)) + "\n";
        }
      }
    }
  }
  return out;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(RequestVectors, EveryRowPresetRatioAndPurposeSendsExactlyThis) {
  const auto folder = std::filesystem::path(fakes::source_dir()) / "tests/unit/catalog/models/golden";
  std::size_t files = 0;
  for (const ModelRef& row : shipped().all()) {
    const auto file = folder / (row->id + ".jsonl");
    const std::string now = vectors_of(*row);
    if (std::getenv("AISHA_WRITE_GOLDEN") != nullptr) {
      std::filesystem::create_directories(folder);
      std::ofstream(file, std::ios::binary) << now;
    }
    EXPECT_TRUE(read(file) == now) << row->id << " sends something else; read it over and write it anew";
    ++files;
  }
  const auto there = std::filesystem::directory_iterator(folder);
  EXPECT_EQ(static_cast<std::size_t>(std::distance(begin(there), end(there))), files)
      << "vectors of a row that is gone";
}

}  // namespace
}  // namespace aisha::catalog
