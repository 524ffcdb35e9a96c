// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/secret.hpp"
#include "http/server/router.hpp"
#include "services/context/context.hpp"
#include "web/hooks/refusals.hpp"

namespace aisha::web {

/// A sandbox asks for coins for a person (`[money] sandbox_top_up`; there is no such path without it). Whoever knows
/// the bot's token may: they could be the bot. Loop thread only.
class TopUpHook {
 public:
  TopUpHook(services::Context context, Secret token, std::int64_t coins, Refusals& refusals)
      : context_(context), token_(std::move(token)), coins_(coins), refusals_(refusals) {}

  /// {"telegram_id": n, "key": "once"} -> {"coins": given, "balance": now}; 401, 400, 404 for a stranger, 503.
  Task<http::ServerResponse> take(http::ServerRequest request);

 private:
  services::Context context_;
  Secret token_;
  std::int64_t coins_;
  Refusals& refusals_;
};

}  // namespace aisha::web
