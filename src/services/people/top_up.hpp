// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// Coins for nothing, where there is nothing to pay with: a sandbox's. `key` happens once. What the person has then.
/// Errc::not_found: nobody with this Telegram id has pressed Start.
Task<Result<std::int64_t>> top_up(Context context, std::int64_t telegram_id, std::string key, std::int64_t coins);

}  // namespace aisha::services
