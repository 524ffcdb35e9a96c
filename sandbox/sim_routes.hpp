// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "http/client/client.hpp"
#include "http/server/server.hpp"
#include "sandbox/hub.hpp"

namespace aisha::sandbox {

/// `/sim/health`, bots, users and what a person does in a chat. The hub outlives the router, as below.
void add_people_routes(http::Router& router, Hub& hub);
/// What a chat shows: messages, files, transcript, events.
void add_chat_routes(http::Router& router, Hub& hub);
/// Inline mode: what a person types, picks and sends, what somebody else got, and its switch of a bot.
void add_inline_routes(http::Router& router, Hub& hub);
/// Calls, updates, faults, clock, reset. `also_reset`: the other APIs' part of a reset (std::function: they are
/// unknown here); `journal_clock` keeps the clock's offset.
void add_world_routes(http::Router& router, Hub& hub, std::function<void()> also_reset,
                      std::function<void()> journal_clock);
/// Coins of the sandbox, asked of the product at `url` ("" = nobody gives any). The client outlives the router.
void add_coin_routes(http::Router& router, Hub& hub, http::Client& client, const std::string& url);
/// 404 with a sentence for everything else below /sim; after all others.
void add_unknown_route(http::Router& router);

/// Shared by the files above.
http::ServerResponse sim_answer(const json::Value& value);
/// `code`, when there is one, stands beside the sentence for whoever shows it in another language.
http::ServerResponse sim_error(int status, std::string_view sentence, std::string_view code = {});
http::ServerResponse sim_outcome(const telegram::SimOutcome& outcome);
/// Body as an object ({} when empty); empty when it is something else.
std::optional<json::Object> sim_body(const http::ServerRequest& request);
/// The bot a request names, else the demo's.
std::int64_t sim_bot(const Hub& hub, const http::ServerRequest& request);
/// A number of the path or query, 0 = absent or not a number.
std::int64_t sim_number(const std::map<std::string, std::string>& values, const std::string& name);

}  // namespace aisha::sandbox
