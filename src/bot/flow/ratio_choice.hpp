// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "bot/flow/flow_context.hpp"

namespace aisha::bot {

/// Collects the aspect ratio that a button named ("3-4") as the person's setting.
/// Errc::callback_unknown: the model of their avatar makes no such pictures.
Result<void> choose_ratio(FlowContext& context, std::string_view slug);

}  // namespace aisha::bot
