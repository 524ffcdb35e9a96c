// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

/// What every paid button does: the message under which it was pressed becomes the status message of the picture. When
/// that is not the menu card (an old card, a failed generation's message), the menu card stays what it is. A button
/// makes what its card showed, at the price it showed, or nothing: then the card is drawn anew.
namespace aisha::bot {

/// What a paid button of a card drawn now carries: the card's revision and a mark of what the picture would rest on,
/// the main avatar, the ratio and the quality, whoever may change them before it is pressed.
std::int64_t nonce_now(const FlowContext& context);

/// The same for a card that no update draws: `revision` of its chat, the person's main avatar and settings.
std::int64_t nonce_of(std::int64_t revision, const std::optional<domain::Avatar>& main,
                      const domain::UserSettings& settings);
/// The same in the message that a picture has for itself, which rests on nothing that anybody may change: without a
/// mark.
std::int64_t nonce_of(std::int64_t card_revision);
/// Whether the nonce is that of such a message.
bool is_of_picture(std::int64_t nonce);

/// Six digits that tell a person's words from other ones.
std::string mark_of(std::string_view words);

/// What a pressed button carries of its card.
struct Offer {
  std::int64_t nonce = 0;
  std::int64_t price = 0;
};

/// Orders under the pressed message and its card's nonce: one tap under one card, and one picture a message: an older
/// button of a message that is a picture's by now is stale. Errors: those of Generations::request.
Task<Result<services::AcceptedOrder>> place_order(FlowContext& context, services::GenerationOrder order, Offer shown);

/// A failed generation once more, once however often its button is pressed. Errors: those of Generations::repeat.
Task<Result<services::AcceptedOrder>> repeat_order(FlowContext& context, Uuid failed, std::int64_t price_shown);

/// The tap that makes a picture of a picture. Only the menu card becomes its status message: the message of a picture
/// stays what it is. One order under one nonce of one message.
services::VariationTap variation_tap(FlowContext& context, Offer shown);

/// Whether nothing was made because the card showed something else: it is to be shown anew, with this toast.
bool is_outdated(const Result<services::AcceptedOrder>& accepted);
std::string outdated_toast(const FlowContext& context, const Error& error);

/// The toast of an accepted order, or its refusal; `later` is offered where only the provider is closed.
Reply answer_order(const FlowContext& context, Result<services::AcceptedOrder> accepted,
                   std::optional<OnceItWorks> later = std::nullopt);

/// The toast of an accepted variation, which says so when it is made with another avatar; or its refusal.
Reply answer_variation(const FlowContext& context, Result<services::AcceptedVariation> accepted);

}  // namespace aisha::bot
