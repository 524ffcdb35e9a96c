// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/time.hpp"

namespace aisha::sql {
class Database;
}

namespace aisha::services {

/// How long a claim lasts, for whoever is about to do something that cannot be fenced: a call to Telegram. A process
/// that was frozen (a stopped container, a swapped-out host) asks here before it speaks and learns that another one may
/// have spoken meanwhile. The last eighth is kept back for the call itself.
class Lease {
 public:
  /// Never over: work that was not claimed.
  Lease() = default;
  Lease(const sql::Database& db, TimePoint until, Millis length) : db_(&db), until_(until - length / 8) {}

  bool over() const;

 private:
  const sql::Database* db_ = nullptr;  // its clock counts, as for every lease
  TimePoint until_{};
};

}  // namespace aisha::services
