// SPDX-License-Identifier: Apache-2.0
#include "bot/features/sharing/flow.hpp"

#include <utility>

#include "base/zone.hpp"
#include "bot/features/sharing/screen.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/own_picture.hpp"

namespace aisha::bot::sharing {

Task<Reply> share(FlowContext& context, Share what) {
  const auto shared = co_await context.bot.sharing.share(context.actor, what.picture);
  if (!shared) {
    co_return refuse(shared.error());
  }
  const BotOptions& options = context.bot.options;
  ShareView view;
  view.picture = what.picture;
  view.link = deep_link(options.username, std::string(kByToken) + shared->token);
  view.until = local_day(shared->until, context.actor.user().timezone);
  view.opened = shared->opened;
  view.has_inline = options.has_inline;
  Reply reply;
  reply.card = share_card(context.texts(), view);
  co_return reply;
}

Task<Reply> send_copy(FlowContext& context, SendCopy what) {
  const auto ordered = co_await context.bot.sharing.send_copy(context.actor, what.picture);
  if (!ordered) {
    co_return refuse(ordered.error());
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain("toast.copy_comes");
  co_return reply;
}

Task<Reply> close(FlowContext& context, Close what) {
  const auto closed = co_await context.bot.sharing.close(context.actor, what.picture);
  if (!closed) {
    co_return refuse(closed.error());
  }
  Reply reply;
  reply.card = closed_card(context.texts(), what.picture);
  co_return reply;
}

Task<std::expected<Uuid, Reply>> opened(FlowContext& context, std::string token) {
  const auto shown = co_await context.bot.sharing.open(context.actor, std::move(token));
  Reply reply;
  if (!shown) {
    reply.card = gone_card(context.texts());
    co_return std::unexpected(std::move(reply));
  }
  if (shown->user_id == context.actor.user().id) {
    co_return shown->id;
  }
  SharedView view;
  view.photo = {shown->id, shown->user_id};
  view.style = shown->template_id;
  view.title = context.bot.catalog_view.style_title(shown->template_id, context.actor.settings().language);
  view.is_available = context.bot.catalog_view.suits(shown->template_id, context.audience());
  reply.card = shared_card(context.texts(), view);
  co_return std::unexpected(std::move(reply));
}

}  // namespace aisha::bot::sharing
