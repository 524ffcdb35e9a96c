// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/time.hpp"

namespace aisha::sql {
class Database;
}

namespace aisha::services {

/// How long a claim lasts, for whoever is about to do something that cannot be fenced: a call to Telegram. A process
/// that was frozen (a stopped container, a swapped-out host) asks here before it speaks and learns that another one may
/// have spoken meanwhile. The last eighth is kept back for the call itself. Copies are the same
/// lease.
class Lease {
 public:
  /// Never over: work that was not claimed.
  Lease() = default;
  Lease(const sql::Database& db, TimePoint until, Millis length)
      : db_(&db), until_(std::make_shared<TimePoint>(until - length / 8)) {}

  bool over() const;
  /// Whether it ends by `moment`.
  bool over_at(TimePoint moment) const { return until_ && *until_ <= moment; }
  /// Its row says so by now.
  void extend(TimePoint until, Millis length) { *until_ = until - length / 8; }

 private:
  const sql::Database* db_ = nullptr;  // its clock counts, as for every lease
  std::shared_ptr<TimePoint> until_;   // shared: who renews it is not who asks
};

}  // namespace aisha::services
