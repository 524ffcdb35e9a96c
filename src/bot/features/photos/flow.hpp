// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/photos/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"
#include "services/photos/reference_avatars.hpp"

/// Avatars made of photos. How one is coming along is told by a card of its own, which only the outbox writes
/// (delivery/state_letter): these flows change what it says.
namespace aisha::bot::photos {

/// A photo or a file came: it joins the avatar that waits for photos, or begins one.
Task<Reply> sent(FlowContext& context, services::SentPhoto photo);

/// What the card of an avatar shows to its person; `is_news`: that it is ready.
Card card_of(const BotServices& bot, const services::Listener& person, const services::PhotoCard& card, bool is_news);

Task<Reply> ways(FlowContext& context);
Task<Reply> consent(FlowContext& context, Consent what);
Task<Reply> agree(FlowContext& context, Agree what);
Task<Reply> open(FlowContext& context, Open what);
Task<Reply> drop_weak(FlowContext& context, DropWeak what);
/// Refused with Errc::card_changed where a ready avatar would go without a question.
Task<Reply> discard(FlowContext& context, Discard what);

}  // namespace aisha::bot::photos
