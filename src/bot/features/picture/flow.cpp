// SPDX-License-Identifier: Apache-2.0
#include "bot/features/picture/flow.hpp"

#include <algorithm>
#include <utility>

#include "bot/features/picture/screen.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::picture {

Task<Reply> download(FlowContext& context, Download what) {
  const auto ordered = co_await context.bot.gallery.send_original(context.actor, what.picture);
  if (!ordered) {
    co_return refuse(ordered.error());
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain("toast.sending");
  co_return reply;
}

Task<Reply> remove(FlowContext& context, Remove what) {
  const auto removed = co_await context.bot.gallery.remove(context.actor, what.picture, context.chat.message_id);
  const bool gone = !removed && removed.error().code == Errc::already_deleted;
  if (!removed && !gone) {
    co_return refuse(removed.error());
  }
  Reply reply;
  if (gone) {
    reply.toast = context.texts().plain("toast.already_deleted");
  }
  reply.card = deleted_card(context.texts(), what.picture, context.bot.gallery.trash_days());
  reply.in_place = true;
  co_return reply;
}

Task<Reply> undo(FlowContext& context, Undo what) {
  const auto restored = co_await context.bot.gallery.restore(context.actor, what.picture, context.chat.message_id);
  if (!restored) {
    Reply late;
    late.toast = context.texts().plain("toast.too_late");
    co_return late;
  }
  domain::OwnChange nothing;
  co_return co_await result(context, what.picture, std::move(nothing));
}

Task<Reply> result(FlowContext& context, Uuid picture, domain::OwnChange changed) {
  const auto status = co_await context.bot.generations.status(context.actor.user().id, picture);
  if (!status) {
    co_return refuse(status.error());
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(status->elapsed).count();
  ResultView view;
  view.generation =
      context.bot.catalog_view.generation(status->picture, status->avatar, context.actor.settings().language);
  view.seconds = std::max<std::int64_t>(seconds, 1);
  view.coins = context.actor.balance();
  view.day = status->picture.local_day;
  view.marks = status->marks;
  domain::apply(changed, view.marks);
  Reply reply;
  reply.card = result_card(context.texts(), view);
  reply.in_place = true;
  co_return reply;
}

}  // namespace aisha::bot::picture
