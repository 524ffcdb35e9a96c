// SPDX-License-Identifier: Apache-2.0
#include "bot/features/picture/flow.hpp"

#include <algorithm>
#include <utility>

#include "bot/features/picture/screen.hpp"
#include "bot/flow/paid_order.hpp"
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

namespace {

services::Pressed pressed_in(const FlowContext& context) {
  return {context.chat.message_id, context.is_on_menu_card()};
}

Task<Reply> removed(FlowContext& context, Uuid picture, bool even_kept) {
  const auto removal = co_await context.bot.gallery.remove(context.actor, picture, pressed_in(context), even_kept);
  const bool gone = !removal && removal.error().code == Errc::already_deleted;
  if (!removal && !gone) {
    co_return refuse(removal.error());
  }
  const int days = context.bot.gallery.trash_days();
  Reply reply;
  if (removal && *removal == services::Removal::is_kept) {
    reply.card = kept_question_card(context.texts(), picture, days);
    co_return reply;
  }
  if (gone) {
    reply.toast = context.texts().plain("toast.already_deleted");
  }
  const auto way_on = context.is_on_menu_card() ? WayOn::gallery : WayOn::create;
  reply.card = deleted_card(context.texts(), picture, days, way_on);
  reply.in_place = true;
  co_return reply;
}

Reply in_place(const FlowContext& context, const domain::Picture& picture, const std::optional<domain::Avatar>& avatar,
               domain::OwnMarks marks) {
  const auto took = std::chrono::duration_cast<std::chrono::seconds>(*picture.finished_at - picture.created_at);
  ResultView view;
  view.generation = context.bot.catalog_view.generation(picture, avatar, context.actor.settings().language);
  view.seconds = std::max<std::int64_t>(took.count(), 1);
  view.coins = context.actor.balance();
  view.day = picture.local_day;
  view.marks = marks;
  view.nonce = nonce_of(context.chat.row.card_revision);
  Reply reply;
  reply.card = result_card(context.texts(), view);
  reply.in_place = true;
  return reply;
}

}  // namespace

Task<Reply> remove(FlowContext& context, Remove what) {
  co_return co_await removed(context, what.picture, false);
}

Task<Reply> remove_kept(FlowContext& context, RemoveKept what) {
  co_return co_await removed(context, what.picture, true);
}

Task<std::expected<domain::OwnPlace, Reply>> undo(FlowContext& context, Undo what) {
  auto restored = co_await context.bot.gallery.restore(context.actor, what.picture, pressed_in(context));
  if (!restored) {
    Reply late;
    late.toast = context.texts().plain("toast.too_late");
    co_return std::unexpected(std::move(late));
  }
  co_return std::move(*restored);
}

Reply result_in(const FlowContext& context, const domain::OwnPlace& place) {
  const domain::OwnMarks marks{place.own.is_favorite, place.own.is_saved, place.is_style_kept};
  return in_place(context, place.own.picture, place.avatar, marks);
}

Task<Reply> result(FlowContext& context, Uuid picture, domain::OwnChange changed) {
  auto status = co_await context.bot.generations.status(context.actor.user().id, picture);
  if (!status) {
    co_return refuse(status.error());
  }
  const domain::Picture& shown = status->picture;
  if (shown.state != domain::PictureState::ready || (shown.deleted_at && shown.object.key.empty())) {
    co_return refuse({Errc::not_found, {}});
  }
  if (shown.deleted_at) {
    co_return refuse({Errc::already_deleted, {}});
  }
  if (status->result_is_on_its_way) {
    // Read before this button was pressed, it may land behind what is shown now.
    co_await context.bot.gallery.tell_messages(context.actor, picture, pressed_in(context));
  }
  domain::apply(changed, status->marks);
  co_return in_place(context, shown, status->avatar, status->marks);
}

}  // namespace aisha::bot::picture
