// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

struct ReconcileWanted {
  std::string since;  ///< "2026-11-01", UTC; "" = 30 days before `until`
  std::string until;  ///< that day is not in it; "" = now
  bool as_json = false;
};

/// `aisha reconcile fal`: the provider's bill beside our attempts. Exit status: 0 the books are equal, 1 the bill has a
/// request that is none of ours. Errors: option_out_of_range (days that are none, more than 90 of them), provider_auth
/// (also without fal.admin_key), unavailable, provider_protocol; those of open_database.
Result<int> reconcile_fal_command(const config::Config& config, const ReconcileWanted& wanted);

}  // namespace aisha::app
