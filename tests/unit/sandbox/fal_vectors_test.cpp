// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "sandbox/fal/models.hpp"
#include "sandbox/fal/validate.hpp"
#include "tests/fakes/paths.hpp"

namespace aisha::sandbox::fal {
namespace {

// The product's requests against tables that were written from fal's own pages, not from the product's rows.
TEST(FalVectors, WhatTheProductSendsForEveryModelKeepsToFalsOwnFields) {
  std::size_t lines = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(fakes::source_dir() + "/tests/unit/catalog/models/golden")) {
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line); ++lines) {
      const json::Value vector = json::parse(line).value();
      const std::string endpoint(vector.at("endpoint").get_string());
      const Endpoint* known = find_endpoint(endpoint);
      ASSERT_NE(known, nullptr) << endpoint;
      EXPECT_EQ(json::serialize(faults_of(*known, vector.at("input"))), "[]") << line;
      for (const auto& [field, value] : vector.at("input").get_object()) {
        const auto is_it = [&](const Field& one) { return one.name == std::string_view(field); };
        EXPECT_TRUE(std::ranges::any_of(known->fields, is_it)) << endpoint << " has no field " << field;
      }
    }
  }
  EXPECT_GT(lines, 150U);
}

}  // namespace
}  // namespace aisha::sandbox::fal
