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

/// S21 as it is, with what was opened or ended a moment ago and is not durable yet.
Task<Reply> show(FlowContext& context, std::optional<bool> exporting) {
  const auto own = co_await context.bot.personal_data.look(context.actor.user().id);
  if (own.open && own.open->is_erasure) {
    co_return with_card(erasing_card(context.texts()));
  }
  DataView view{.pictures = own.pictures + own.binned, .bytes = own.bytes, .avatars = own.avatars};
  view.is_exporting = exporting.value_or(own.open.has_value());
  view.files = own.files;
  if (own.open) {
    view.part = own.open->part;
    view.parts = own.open->parts;
  }
  co_return with_card(data_card(context.texts(), view));
}

}  // namespace

Task<Reply> open(FlowContext& context) {
  return show(context, std::nullopt);
}

Task<Reply> start_export(FlowContext& context) {
  const auto opened = co_await context.bot.personal_data.start_export(context.actor);
  if (!opened) {
    co_return with_card(erasing_card(context.texts()));
  }
  co_return co_await show(context, true);
}

Task<Reply> stop_export(FlowContext& context) {
  const bool stopped = co_await context.bot.personal_data.stop_export(context.actor);
  Reply reply = co_await show(context, false);
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
