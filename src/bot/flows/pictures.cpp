// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "bot/flows/flows.hpp"
#include "bot/screens/job.hpp"

namespace aisha::bot::flows {

Task<Reply> download(Scene& scene, route::Download what) {
  const auto ordered = co_await scene.tools.gallery.send_original(scene.turn, what.picture);
  if (!ordered) {
    co_return co_await refuse(scene, ordered.error());
  }
  Reply reply;
  reply.effect = true;
  reply.toast = scene.texts().plain("toast.sending");
  co_return reply;
}

Task<Reply> remove(Scene& scene, route::Remove what) {
  const auto removed = co_await scene.tools.gallery.remove(scene.turn, what.picture);
  const bool gone = !removed && removed.error().code == Errc::already_deleted;
  if (!removed && !gone) {
    co_return co_await refuse(scene, removed.error());
  }
  Reply reply;
  if (gone) {
    reply.toast = scene.texts().plain("toast.already_deleted");
  }
  reply.card = screens::deleted(scene.texts(), what.picture, scene.tools.gallery.trash_days());
  reply.in_place = true;
  co_return reply;
}

Task<Reply> undo(Scene& scene, route::Undo what) {
  const auto restored = co_await scene.tools.gallery.restore(scene.turn, what.picture);
  if (!restored) {
    Reply late;
    late.toast = scene.texts().plain("toast.too_late");
    co_return late;
  }
  const auto view = co_await scene.tools.generations.status(scene.turn.user().id, what.picture);
  if (!view) {
    co_return co_await refuse(scene, view.error());
  }
  const auto avatar = co_await scene.tools.people.main_avatar(scene.turn);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(view->elapsed).count();
  screens::Done done;
  done.job = scene.tools.showcase.job(view->generation, avatar, scene.turn.settings().language);
  done.seconds = std::max<std::int64_t>(seconds, 1);
  done.coins = scene.turn.balance();
  Reply reply;
  reply.card = screens::result(scene.texts(), done);
  reply.in_place = true;
  co_return reply;
}

}  // namespace aisha::bot::flows
