// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "catalog/models/model_manager.hpp"

namespace aisha::catalog::testing {

/// The rows that are built in.
inline ModelManager& shipped() {
  static const auto kRows = ModelManager::load({}).value();
  return *kRows;
}

/// Their files, to be spoilt: name -> text.
inline std::map<std::string, std::string> shipped_files() {
  std::map<std::string, std::string> out;
  const auto files = Source{}.read("models");
  for (const SourceFile& file : files.value()) {
    out[file.name.substr(file.name.rfind('/') + 1)] = file.text;
  }
  return out;
}

inline Result<ModelEdition> parsed(const std::map<std::string, std::string>& files) {
  std::vector<SourceFile> all;
  for (const auto& [name, text] : files) {
    all.push_back({name, text});
  }
  return parse_models(all);
}

/// Without the first `what`, which must be there.
inline std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto place = text.find(what);
  EXPECT_NE(place, std::string::npos) << what;
  return text.replace(place, what.size(), instead);
}

}  // namespace aisha::catalog::testing
