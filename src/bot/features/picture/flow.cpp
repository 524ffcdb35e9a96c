// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "bot/features/flows.hpp"
#include "bot/features/job/screen.hpp"

namespace aisha::bot::flows {

Task<Reply> download(FlowContext& context, route::Download what) {
  const auto ordered = co_await context.bot.gallery.send_original(context.turn, what.picture);
  if (!ordered) {
    co_return co_await refuse(context, ordered.error());
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain("toast.sending");
  co_return reply;
}

Task<Reply> remove(FlowContext& context, route::Remove what) {
  const auto removed = co_await context.bot.gallery.remove(context.turn, what.picture);
  const bool gone = !removed && removed.error().code == Errc::already_deleted;
  if (!removed && !gone) {
    co_return co_await refuse(context, removed.error());
  }
  Reply reply;
  if (gone) {
    reply.toast = context.texts().plain("toast.already_deleted");
  }
  reply.card = screens::deleted(context.texts(), what.picture, context.bot.gallery.trash_days());
  reply.in_place = true;
  co_return reply;
}

Task<Reply> undo(FlowContext& context, route::Undo what) {
  const auto restored = co_await context.bot.gallery.restore(context.turn, what.picture);
  if (!restored) {
    Reply late;
    late.toast = context.texts().plain("toast.too_late");
    co_return late;
  }
  const auto view = co_await context.bot.generations.status(context.turn.user().id, what.picture);
  if (!view) {
    co_return co_await refuse(context, view.error());
  }
  const auto avatar = co_await context.bot.people.main_avatar(context.turn);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(view->elapsed).count();
  screens::Done done;
  done.job = context.bot.catalog_view.job(view->generation, avatar, context.turn.settings().language);
  done.seconds = std::max<std::int64_t>(seconds, 1);
  done.coins = context.turn.balance();
  Reply reply;
  reply.card = screens::result(context.texts(), done);
  reply.in_place = true;
  co_return reply;
}

}  // namespace aisha::bot::flows
