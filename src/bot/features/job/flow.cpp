// SPDX-License-Identifier: Apache-2.0
#include "bot/features/job/flow.hpp"

#include "bot/features/job/screen.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::job {
namespace {

/// The ended generation's card with today's price.
Task<Reply> anew(FlowContext& context, Uuid generation, Error why) {
  auto status = co_await context.bot.generations.status(context.actor.user().id, generation);
  if (!status) {
    co_return refuse(std::move(status.error()));
  }
  const domain::Picture& picture = status->picture;
  const GenerationView view =
      context.bot.catalog_view.generation(picture, status->avatar, context.actor.settings().language);
  const bool cancelled = picture.state == domain::PictureState::cancelled;
  const Errc code = cancelled ? Errc::job_cancelled : errc_from(picture.error_code);
  const FailedView ended{view, code, picture.price, context.actor.balance()};
  Reply reply;
  reply.card = cancelled ? cancelled_card(context.texts(), ended) : failed_card(context.texts(), ended);
  reply.in_place = true;
  reply.toast = outdated_toast(context, why);
  co_return reply;
}

}  // namespace

Task<Reply> repeat(FlowContext& context, Repeat what) {
  auto accepted = co_await repeat_order(context, what.generation, what.price);
  if (is_outdated(accepted)) {
    co_return co_await anew(context, what.generation, accepted.error());
  }
  co_return answer_order(context, std::move(accepted));
}

Task<Reply> cancel(FlowContext& context, Cancel what) {
  using Answer = services::Generations::CancelAnswer;
  auto answer = co_await context.bot.generations.cancel(context.actor, what.generation);
  if (!answer) {
    co_return refuse(std::move(answer.error()));
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain(*answer == Answer::too_late ? "toast.finished" : "toast.cancelling");
  co_return reply;
}

}  // namespace aisha::bot::job
