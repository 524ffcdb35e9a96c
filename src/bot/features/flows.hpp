// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "bot/codec/callback_data.hpp"
#include "bot/flow/flow_context.hpp"

/// What each press and word does: read what the screen needs, make one service call, answer with a screen. No Telegram
/// here; nothing is durable before the dispatcher commits the turn.
namespace aisha::bot::flows {

// start
/// /start: S0 for a new person, else S1.
Task<Reply> start(FlowContext& context);
Task<Reply> home(FlowContext& context);
Task<Reply> help(FlowContext& context);
/// /cancel ends a pending input; generations go on.
Task<Reply> cancel_input(FlowContext& context);
/// A button that this release does not know: E11.
Task<Reply> stale(FlowContext& context);

// create
Task<Reply> create(FlowContext& context);
Task<Reply> category(FlowContext& context, route::Category to);
Task<Reply> style(FlowContext& context, route::Style to);
Task<Reply> style_ratio(FlowContext& context, route::StyleRatio to);

// job
Task<Reply> generate(FlowContext& context, route::Generate what);
Task<Reply> generate_prompt(FlowContext& context, route::GeneratePrompt what);
Task<Reply> repeat(FlowContext& context, route::Repeat what);
Task<Reply> cancel_job(FlowContext& context, route::CancelJob what);

// picture
Task<Reply> download(FlowContext& context, route::Download what);
Task<Reply> remove(FlowContext& context, route::Remove what);
Task<Reply> undo(FlowContext& context, route::Undo what);

// prompt
Task<Reply> ask_prompt(FlowContext& context);
Task<Reply> prompt_ratio(FlowContext& context, route::PromptRatio what);
/// Any text that is no command.
Task<Reply> written(FlowContext& context);
/// A message without text.
Task<Reply> not_text(FlowContext& context);

// settings
Task<Reply> settings(FlowContext& context);
Task<Reply> set(FlowContext& context, route::Set what);
Task<Reply> languages(FlowContext& context);
Task<Reply> set_language(FlowContext& context, route::SetLanguage what);

// refusal.cpp
/// The toast or the card that tells the error.
Task<Reply> refuse(FlowContext& context, Error error);

}  // namespace aisha::bot::flows
