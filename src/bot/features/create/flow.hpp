// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/task.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::create {

Task<Reply> open(FlowContext& context);
Task<Reply> shelves(FlowContext& context, Shelves to);
Task<Reply> category(FlowContext& context, Category to);
/// `kept`: whether the style is about to be kept, when that is not written yet.
Task<Reply> style(FlowContext& context, Style to, std::optional<bool> kept = std::nullopt);
Task<Reply> style_ratio(FlowContext& context, StyleRatio what);
Task<Reply> generate(FlowContext& context, Generate what);
Task<Reply> generate_later(FlowContext& context, GenerateLater what);

}  // namespace aisha::bot::create
