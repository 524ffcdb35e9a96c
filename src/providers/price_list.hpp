// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"

namespace aisha::providers {

/// What a provider says that an endpoint costs.
struct ListedPrice {
  std::int64_t micro_usd = 0;  ///< of a unit, in millionths of a US dollar
  std::string unit;            ///< in the provider's words: "images", "megapixels"
};

class PriceList {
 public:
  virtual ~PriceList() = default;

  /// Nothing: the list has no such endpoint. Repeatable. Errors: provider_auth, unavailable, provider_protocol.
  virtual Task<Result<std::optional<ListedPrice>>> price_of(std::string endpoint) = 0;
};

}  // namespace aisha::providers
