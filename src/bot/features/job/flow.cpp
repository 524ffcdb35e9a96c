// SPDX-License-Identifier: Apache-2.0
#include "bot/features/job/flow.hpp"

#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"

namespace aisha::bot::job {

Task<Reply> repeat(FlowContext& context, Repeat what) {
  auto accepted = co_await repeat_order(context, what.generation);
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
