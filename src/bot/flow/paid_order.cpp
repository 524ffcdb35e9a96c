// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/paid_order.hpp"

#include "bot/flow/refusal.hpp"

namespace aisha::bot {
Task<Result<services::AcceptedOrder>> place_order(FlowContext& context, services::GenerationOrder order,
                                                  std::int64_t nonce) {
  order.key = services::tap_key(context.chat.row.chat_id, context.chat.message_id, nonce);
  const services::Place place{context.chat, context.chat.message_id};
  co_return co_await context.bot.generations.request(context.actor, std::move(order), place);
}

Task<Result<services::AcceptedOrder>> repeat_order(FlowContext& context, Uuid failed) {
  std::string key = "retry:" + failed.to_base64url();
  const services::Place place{context.chat, context.chat.message_id};
  co_return co_await context.bot.generations.repeat(context.actor, failed, std::move(key), place);
}

Reply answer_order(const FlowContext& context, Result<services::AcceptedOrder> accepted) {
  if (!accepted) {
    return refuse(std::move(accepted.error()));
  }
  Reply reply;
  reply.effect = true;
  reply.toast = context.texts().plain(accepted->repeated ? "toast.already_started" : "toast.accepted");
  return reply;
}

}  // namespace aisha::bot
