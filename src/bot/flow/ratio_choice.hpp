// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "bot/flow/flow_context.hpp"

namespace aisha::bot {

/// Collects the aspect ratio that a button named ("3-4") as the person's setting.
/// Errc::callback_unknown: the model of their avatar makes no such pictures.
Task<Result<void>> choose_ratio(FlowContext& context, std::string slug);

}  // namespace aisha::bot
