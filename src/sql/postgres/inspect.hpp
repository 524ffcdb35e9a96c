// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>

#include "sql/postgres/postgres_database.hpp"

namespace aisha::sql::postgres {

/// A server as its clients find it.
struct Sight {
  std::string version;  ///< "15.20"
  int major = 0;
  std::chrono::system_clock::time_point now;
  std::string missing_right;  ///< the first thing our role may not do; "" = all it needs
  /// Settings with which a crash may lose what was confirmed: "fsync, synchronous_commit"; "" = none.
  std::string unsafe;
};
/// Errc::unavailable.
Result<Sight> inspect(const Options& options);

}  // namespace aisha::sql::postgres
