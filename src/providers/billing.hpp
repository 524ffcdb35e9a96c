// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::providers {

/// What a provider charged for one request.
struct BilledRequest {
  std::string request_id;
  std::string endpoint;
  std::int64_t micro_usd = 0;  ///< millionths of a US dollar
  bool makes_words = false;    ///< a PromptWriter's: no attempt of a job stands for it
};

struct BillPage {
  std::vector<BilledRequest> requests;
  std::string next;  ///< what the next page is asked for by; "" = this was the last
};

/// A provider's bill, request by request. What cost nothing is not on it.
class Billing {
 public:
  virtual ~Billing() = default;

  /// What was billed from `since` on and before `until`, at most 90 days apart; `after` = "" is the first page.
  /// Repeatable. Errors: provider_auth, unavailable, provider_protocol.
  virtual Task<Result<BillPage>> page(TimePoint since, TimePoint until, std::string after) = 0;
};

}  // namespace aisha::providers
