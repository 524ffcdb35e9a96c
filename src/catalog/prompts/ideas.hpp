// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "catalog/files/source.hpp"
#include "catalog/templates/template.hpp"

namespace aisha::catalog {

/// Descriptions to begin with, each a prompt as a person would write it.
class Ideas {
 public:
  Ideas() = default;
  explicit Ideas(std::vector<Words> all) : all_(std::move(all)) {}
  /// Error: catalog_invalid, "file:line: what is wrong".
  static Result<Ideas> load(const Source& source);

  /// One of them in that language, by any number; another one than `before` while there are several. "" = there are
  /// none.
  std::string_view pick(std::uint64_t number, std::string_view language, std::string_view before) const;

  const std::vector<Words>& all() const { return all_; }

 private:
  std::vector<Words> all_;
};

}  // namespace aisha::catalog
