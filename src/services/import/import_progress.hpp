// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace aisha::services {

/// Hears how far a long import is.
class ImportProgress {
 public:
  virtual ~ImportProgress() = default;
  virtual void went(std::string_view what, std::int64_t rows) = 0;
};

}  // namespace aisha::services
