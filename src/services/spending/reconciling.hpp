// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/rng.hpp"
#include "providers/billing.hpp"
#include "stores/jobs/attempts.hpp"

namespace aisha::services {

/// The provider's bill of some days beside our own books. Money in millionths of a US dollar.
struct ReconciledBill {
  struct Model {
    std::int64_t requests = 0;
    std::int64_t billed = 0;
  };
  struct Difference {
    std::string request_id;
    std::int64_t ours = 0;
    std::int64_t billed = 0;
  };

  std::int64_t requests = 0;                         ///< on the bill
  std::int64_t billed = 0;                           ///< in all
  std::map<std::string, Model> models;               ///< by endpoint
  std::vector<providers::BilledRequest> unknown;     ///< on the bill and not in our books
  std::vector<stores::attempts::Unbilled> unbilled;  ///< made, and not on the bill; at most a thousand
  std::vector<Difference> differences;               ///< by more than a cent
};

/// Puts what the bill says of each attempt in place of what was expected, and finds what does not fit. Repeatable.
class Reconciling {
 public:
  Reconciling(sql::Database& db, Rng& rng, providers::Billing& billing) : db_(db), rng_(rng), billing_(billing) {}

  /// `until` is not later than now. Errors of providers::Billing; what was written by then stays.
  Task<Result<ReconciledBill>> run(TimePoint since, TimePoint until);

 private:
  Task<void> take(ReconciledBill& bill, std::vector<providers::BilledRequest> page);

  sql::Database& db_;
  Rng& rng_;
  providers::Billing& billing_;
};

}  // namespace aisha::services
