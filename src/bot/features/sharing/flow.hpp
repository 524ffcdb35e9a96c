// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <expected>
#include <string>

#include "base/task.hpp"
#include "base/uuid.hpp"
#include "bot/features/sharing/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::sharing {

/// S20: opens the link, or prolongs it.
Task<Reply> share(FlowContext& context, Share what);
Task<Reply> send_copy(FlowContext& context, SendCopy what);
Task<Reply> close(FlowContext& context, Close what);

/// S20b for whoever came by this token, or that the link shows nothing; a picture of the person's own is given for
/// whoever draws it.
Task<std::expected<Uuid, Reply>> opened(FlowContext& context, std::string token);

}  // namespace aisha::bot::sharing
