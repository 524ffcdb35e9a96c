// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"
#include "domain/own_picture.hpp"

namespace aisha::bot::favourites {

/// What a button under a picture or on a style's card has set (collected): it is not durable yet when whoever drew that
/// card draws it anew.
struct Change {
  domain::OwnChange change;
  std::string toast;
};
Change heart(FlowContext& context, const Heart& what);
Change pin(FlowContext& context, const Pin& what);
Change keep_style_of(FlowContext& context, const KeepStyleOf& what);
/// Only of a style that the catalogue has, but any is taken out.
Result<Change> keep_style(FlowContext& context, const KeepStyle& what);

/// /favorites
Task<Reply> open(FlowContext& context);
Task<Reply> pictures(FlowContext& context, Pictures to);
Task<Reply> saved(FlowContext& context, Saved to);
Task<Reply> take_out(FlowContext& context, TakeOut what);
Task<Reply> styles(FlowContext& context, Styles to);
/// A kept style out of the list, which is shown again.
Task<Reply> take_out_style(FlowContext& context, KeepStyle what);

}  // namespace aisha::bot::favourites
