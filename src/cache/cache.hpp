// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::cache {

/// Short memory; never the truth. A failing engine answers misses, it does not throw. Keys and TTLs come from
/// `keys.hpp` only.
class Cache {
 public:
  virtual ~Cache() = default;
  virtual Task<std::optional<std::string>> get(std::string key) = 0;
  virtual Task<void> put(std::string key, std::string value, Millis ttl) = 0;
  /// `put` where no value is; true = it was put.
  virtual Task<bool> add(std::string key, std::string value, Millis ttl) = 0;
  virtual Task<void> erase(std::string key) = 0;
};

}  // namespace aisha::cache
