// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"
#include "domain/own_days.hpp"
#include "domain/own_picture.hpp"

namespace aisha::bot::gallery {

/// S7 of the newest day, or of somebody without pictures.
Task<Reply> newest(FlowContext& context);
Task<Reply> day(FlowContext& context, Day to);
Task<Reply> months(FlowContext& context, Months to);
/// S8. One that was removed is told by a toast, and the nearest one is shown in its place.
Task<Reply> picture(FlowContext& context, Picture to);
/// S8 with what was set a moment ago.
Task<Reply> changed_picture(FlowContext& context, Picture to, domain::OwnChange change);
/// S8 of what was read already.
Reply picture_in(const FlowContext& context, domain::OwnPlace place);
/// S8b: the next text is the picture's name.
Task<Reply> ask_name(FlowContext& context, AskName what);
Task<Reply> drop_name(FlowContext& context, DropName what);
/// The text that was asked for. Refused: name_bad, and it is waited for once more.
Task<Reply> named(FlowContext& context);

}  // namespace aisha::bot::gallery
