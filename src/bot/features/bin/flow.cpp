// SPDX-License-Identifier: Apache-2.0
#include "bot/features/bin/flow.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "bot/features/bin/screen.hpp"
#include "bot/flow/refusal.hpp"
#include "services/bin/bin.hpp"

namespace aisha::bot::bin {
namespace {

using services::BinPage;

Reply shown(const FlowContext& context, const BinPage& page) {
  Reply reply;
  reply.card = bin_card(context.texts(), {.items = own_items(context.texts(), context.bot.catalog_view, page.pictures),
                                          .total = page.total,
                                          .before = page.before,
                                          .days_left = page.days_left});
  return reply;
}

Reply with_card(Card card) {
  Reply reply;
  reply.card = std::move(card);
  return reply;
}

Task<ClearView> look(FlowContext& context) {
  const auto left = co_await context.bot.bin.preview(context.actor.user().id);
  co_return ClearView{left.pictures, left.kept, context.bot.bin.trash_days(), context.chat.row.card_revision};
}

Reply cleared(const FlowContext& context, const services::Cleared& done) {
  if (done.is_undone) {
    return stale();
  }
  return with_card(cleared_card(context.texts(), {done.id, done.pictures, done.goes_on}));
}

}  // namespace

Task<Reply> open(FlowContext& context, Open to) {
  const auto page = co_await context.bot.bin.page(context.actor.user().id, page_start(to.page), kOwnPerPage);
  co_return shown(context, page);
}

Task<Reply> picture(FlowContext& context, Picture to) {
  const auto found = co_await context.bot.bin.picture(context.actor.user().id, to.picture);
  if (!found) {
    co_return refuse(found.error());
  }
  co_return with_card(removed_card(context.texts(), own_item(context.texts(), context.bot.catalog_view, *found)));
}

Task<Reply> ask_for_ever(FlowContext& context, AskForEver what) {
  const auto found = co_await context.bot.bin.picture(context.actor.user().id, what.picture);
  if (!found) {
    co_return refuse(found.error());
  }
  co_return with_card(for_ever_card(context.texts(), own_item(context.texts(), context.bot.catalog_view, *found)));
}

Task<Reply> for_ever(FlowContext& context, ForEver what) {
  const auto removed = co_await context.bot.bin.remove_for_ever(context.actor, what.picture);
  if (!removed) {
    co_return refuse(removed.error());
  }
  const domain::PageStart first;
  BinPage page = co_await context.bot.bin.page(context.actor.user().id, first, kOwnPerPage);
  page.total -= static_cast<std::int64_t>(
      std::erase_if(page.pictures, [&](const domain::OwnPicture& own) { return own.picture.id == what.picture; }));
  Reply reply = shown(context, page);
  reply.toast = context.texts().plain("toast.for_ever");
  co_return reply;
}

Task<Reply> clear(FlowContext& context) {
  const ClearView view = co_await look(context);
  co_return with_card(clear_card(context.texts(), view));
}

Task<Reply> ask_clear(FlowContext& context, AskClear what) {
  const ClearView view = co_await look(context);
  if (taken_by(what.scope, view) <= 0) {
    co_return with_card(clear_card(context.texts(), view));
  }
  co_return with_card(clear_question_card(context.texts(), what.scope, view));
}

Task<Reply> do_clear(FlowContext& context, DoClear what) {
  std::string key = fmt::format("clear:{}:{}:{}", context.chat.row.chat_id, context.chat.message_id, what.nonce);
  const bool is_outdated = what.nonce != context.chat.row.card_revision;
  const auto done =
      co_await context.bot.bin.clear(context.actor, what.scope == Scope::unkept, std::move(key), is_outdated);
  if (!done) {
    // What there is to clear may be something else by now.
    const AskClear anew{what.scope};
    Reply reply = co_await ask_clear(context, anew);
    reply.toast = context.texts().plain("toast.card_changed");
    co_return reply;
  }
  if (!is_outdated) {
    context.chat.renew_card();
  }
  co_return cleared(context, *done);
}

Task<Reply> undo_clear(FlowContext& context, UndoClear what) {
  const auto back = co_await context.bot.bin.undo(context.actor, what.clear);
  if (!back) {
    co_return refuse(back.error());
  }
  co_return with_card(restored_card(context.texts(), back->pictures, back->of));
}

}  // namespace aisha::bot::bin
