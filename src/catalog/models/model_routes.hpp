// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/files/source.hpp"
#include "catalog/models/model.hpp"

namespace aisha::catalog {

/// Which rows serve a purpose, the preferred first: by how the avatar is passed, and where it matters by quality.
class Routes {
 public:
  /// Throws Mistake: a row that is unknown, does not serve the purpose or passes avatars another way; a purpose `make`
  /// without an order for each way.
  static Routes parse(const SourceFile& file, const std::vector<ModelRef>& models);

  /// "references.fast" before "references" before "any"; empty when there is no such order.
  const std::vector<ModelRef>& order(Purpose purpose, AvatarPass pass, std::string_view quality) const;

 private:
  std::map<std::pair<Purpose, std::string>, std::vector<ModelRef>, std::less<>> orders_;
};

}  // namespace aisha::catalog
