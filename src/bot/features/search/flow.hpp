// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/task.hpp"
#include "bot/features/search/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::search {

Task<Reply> ask_styles(FlowContext& context);
/// Looks for styles by what was written and notes the words. Nothing when there are some: then they stand on the shelf
/// create::kSearch.
Task<std::optional<Reply>> written_styles(FlowContext& context);
/// The same by a suggested word.
Task<std::optional<Reply>> suggestion(FlowContext& context, Suggestion what);

Task<Reply> ask_pictures(FlowContext& context);
/// Own pictures by what was written.
Task<Reply> written_pictures(FlowContext& context);
Task<Reply> results(FlowContext& context, Results to);

}  // namespace aisha::bot::search
