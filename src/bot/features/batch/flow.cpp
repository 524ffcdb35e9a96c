// SPDX-License-Identifier: Apache-2.0
#include "bot/features/batch/flow.hpp"

#include <utility>

#include "bot/features/batch/screen.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::batch {
namespace {

/// V4 with today's price.
Task<Reply> anew(FlowContext& context, Uuid batch, Error why) {
  const auto status = co_await context.bot.batches.status(context.actor.user().id, batch);
  if (!status) {
    co_return refuse(status.error());
  }
  const DoneView view =
      done_view(context.texts(), context.bot.catalog_view, *status, context.actor.balance(), nonce_now(context));
  Reply reply;
  reply.card = done_card(context.texts(), view);
  reply.in_place = true;
  reply.only_buttons = true;
  reply.toast = outdated_toast(context, why);
  co_return reply;
}

}  // namespace

Task<Reply> cancel_all(FlowContext& context, CancelAll what) {
  using Answer = services::Generations::CancelAnswer;
  const auto answer = co_await context.bot.batches.cancel(context.actor, what.batch);
  if (!answer) {
    co_return refuse(answer.error());
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain(*answer == Answer::too_late ? "toast.batch_finished" : "toast.cancelling");
  co_return reply;
}

Task<Reply> missing(FlowContext& context, Missing what) {
  auto tap = variation_tap(context, {what.nonce, what.price});
  // Once a batch: what is made in its place has a message, and a button, of its own.
  tap.key = "missing:" + what.batch.to_base64url();
  auto accepted = co_await context.bot.batches.make_missing(context.actor, what.batch, std::move(tap));
  if (!accepted && accepted.error().code == Errc::price_changed) {
    co_return co_await anew(context, what.batch, accepted.error());
  }
  co_return answer_variation(context, std::move(accepted));
}

}  // namespace aisha::bot::batch
