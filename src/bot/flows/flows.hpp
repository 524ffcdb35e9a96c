// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "bot/callback_data.hpp"
#include "bot/flows/scene.hpp"

/// What each press and word does: read what the screen needs, make one service call, answer with a screen. No Telegram
/// here; nothing is durable before the dispatcher commits the turn.
namespace aisha::bot::flows {

// start.cpp
/// /start: S0 for a new person, else S1.
Task<Reply> start(Scene& scene);
Task<Reply> home(Scene& scene);
Task<Reply> help(Scene& scene);
/// /cancel ends a pending input; generations go on.
Task<Reply> cancel_input(Scene& scene);
/// A button that this release does not know: E11.
Task<Reply> stale(Scene& scene);

// styles.cpp
Task<Reply> create(Scene& scene);
Task<Reply> category(Scene& scene, route::Category to);
Task<Reply> style(Scene& scene, route::Style to);
Task<Reply> style_ratio(Scene& scene, route::StyleRatio to);

// jobs.cpp
Task<Reply> generate(Scene& scene, route::Generate what);
Task<Reply> generate_prompt(Scene& scene, route::GeneratePrompt what);
Task<Reply> repeat(Scene& scene, route::Repeat what);
Task<Reply> cancel_job(Scene& scene, route::CancelJob what);

// pictures.cpp
Task<Reply> download(Scene& scene, route::Download what);
Task<Reply> remove(Scene& scene, route::Remove what);
Task<Reply> undo(Scene& scene, route::Undo what);

// prompt.cpp
Task<Reply> ask_prompt(Scene& scene);
Task<Reply> prompt_ratio(Scene& scene, route::PromptRatio what);
/// Any text that is no command.
Task<Reply> written(Scene& scene);
/// A message without text.
Task<Reply> not_text(Scene& scene);

// settings.cpp
Task<Reply> settings(Scene& scene);
Task<Reply> set(Scene& scene, route::Set what);
Task<Reply> languages(Scene& scene);
Task<Reply> set_language(Scene& scene, route::SetLanguage what);

// refusal.cpp
/// The toast or the card that tells the error.
Task<Reply> refuse(Scene& scene, Error error);

}  // namespace aisha::bot::flows
