// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <expected>

#include "base/task.hpp"
#include "base/uuid.hpp"
#include "bot/features/picture/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"
#include "domain/own_days.hpp"
#include "domain/own_picture.hpp"

namespace aisha::bot::picture {

Task<Reply> download(FlowContext& context, Download what);
/// S9, or first the question whether a kept one is to go.
Task<Reply> remove(FlowContext& context, Remove what);
Task<Reply> remove_kept(FlowContext& context, RemoveKept what);
/// Takes a removal back (collected) and gives the picture in its place, for whoever draws it; else the reply to give.
Task<std::expected<domain::OwnPlace, Reply>> undo(FlowContext& context, Undo what);
/// S5 of a picture that was read already, in the place of the pressed message.
Reply result_in(const FlowContext& context, const domain::OwnPlace& place);
/// S5 anew in the place of the pressed message; `changed`: what was set a moment ago.
Task<Reply> result(FlowContext& context, Uuid picture, domain::OwnChange changed);

}  // namespace aisha::bot::picture
