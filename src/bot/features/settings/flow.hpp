// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/settings/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::settings {

Task<Reply> open(FlowContext& context);
Task<Reply> set(FlowContext& context, Set what);
Task<Reply> languages(FlowContext& context);
Task<Reply> set_language(FlowContext& context, SetLanguage what);
Task<Reply> zones(FlowContext& context);
Task<Reply> set_zone(FlowContext& context, SetZone what);
Task<Reply> ask_zone(FlowContext& context);
/// The text that was asked for.
Task<Reply> zone_written(FlowContext& context);

}  // namespace aisha::bot::settings
