// SPDX-License-Identifier: Apache-2.0
#include "bot/features/privacy/flow.hpp"

#include <utility>

#include "bot/features/privacy/screen.hpp"
#include "services/privacy/personal_data.hpp"

namespace aisha::bot::privacy {
namespace {

Reply with_card(Card card) {
  Reply reply;
  reply.card = std::move(card);
  return reply;
}

Reply shown(const FlowContext& context, const services::OwnDataView& own) {
  if (own.open && own.open->is_erasure) {
    return with_card(erasing_card(context.texts()));
  }
  DataView view{.pictures = own.pictures + own.binned, .bytes = own.bytes, .avatars = own.avatars};
  view.is_exporting = own.open.has_value();
  view.files = own.files;
  if (own.open) {
    view.part = own.open->part;
    view.parts = own.open->parts;
  }
  return with_card(data_card(context.texts(), view));
}

}  // namespace

Task<Reply> open(FlowContext& context) {
  const auto own = co_await context.bot.personal_data.look(context.actor.user().id);
  co_return shown(context, own);
}

Task<Reply> start_export(FlowContext& context) {
  const auto opened = co_await context.bot.personal_data.start_export(context.actor);
  if (!opened) {
    co_return with_card(erasing_card(context.texts()));
  }
  // A question that knew of no archive is asked anew before anything is deleted.
  context.chat.renew_card();
  auto own = co_await context.bot.personal_data.figures(context.actor.user().id);
  own.open = *opened;
  co_return shown(context, own);
}

Task<Reply> stop_export(FlowContext& context) {
  const auto open = co_await context.bot.personal_data.stop_export(context.actor);
  auto own = co_await context.bot.personal_data.figures(context.actor.user().id);
  const bool stopped = open && !open->is_erasure;
  if (open && open->is_erasure) {
    own.open = open;
  }
  Reply reply = shown(context, own);
  reply.toast = context.texts().plain(stopped ? "toast.export_stopped" : "toast.export_over");
  co_return reply;
}

Task<Reply> ask_erase(FlowContext& context) {
  const auto own = co_await context.bot.personal_data.look(context.actor.user().id);
  if (own.open && own.open->is_erasure) {
    co_return with_card(erasing_card(context.texts()));
  }
  co_return with_card(erase_card(context.texts(), {.pictures = own.pictures,
                                                   .binned = own.binned,
                                                   .avatars = own.avatars,
                                                   .coins = context.actor.balance(),
                                                   .is_shared = own.is_shared,
                                                   .is_exporting = own.open.has_value(),
                                                   .nonce = context.chat.row.card_revision}));
}

Task<Reply> erase(FlowContext& context, Erase what) {
  const bool is_outdated = what.nonce != context.chat.row.card_revision;
  const auto begun = co_await context.bot.personal_data.start_erasure(context.actor, is_outdated);
  if (!begun) {
    // What would be deleted may be something else by now.
    Reply reply = co_await ask_erase(context);
    reply.toast = context.texts().plain("toast.card_changed");
    co_return reply;
  }
  if (!is_outdated) {
    context.chat.renew_card();
  }
  co_return with_card(erasing_card(context.texts()));
}

Task<Reply> policy(FlowContext& context) {
  co_return with_card(
      policy_card(context.texts(), {context.bot.personal_data.trash_days(), context.bot.options.support}));
}

}  // namespace aisha::bot::privacy
