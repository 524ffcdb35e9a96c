// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>

#include "sandbox/sim_routes.hpp"

namespace aisha::sandbox {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::int64_t kInlineWait = 5'000;

Task<void> wait_for_answer(Hub& hub, std::string id, Millis patience) {
  const auto deadline = Steady::now() + patience;
  while (!hub.feed.closed()) {
    const auto& queries = hub.world.state().inline_queries;
    const auto found = queries.find(id);
    const auto left = std::chrono::duration_cast<Millis>(deadline - Steady::now());
    if (found == queries.end() || found->second.answered_ms != 0 || left <= Millis(0)) {
      co_return;
    }
    co_await hub.feed.wait(left);
  }
}

/// {query, offset?} -> what the bot offers; with `pick` (an id, or "first") and `to` the result is sent. A query of
/// before goes on with `inline_query_id`.
Task<http::ServerResponse> inline_mode(Hub& hub, http::ServerRequest request) {
  auto body = sim_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  (*body)["chat"] = sim_number(request.params, "id");
  const telegram::Params fields(*body);
  std::string id = fields.text("inline_query_id");
  if (id.empty()) {
    const telegram::SimOutcome typed = hub.world.act("inline", *body);
    hub.settle();
    if (!typed) {
      co_return sim_outcome(typed);
    }
    id = typed->get_object().at("inline_query_id").get_string();
    co_await wait_for_answer(hub, id, Millis(fields.integer("wait", kInlineWait, 0, 600'000)));
  }
  const auto& queries = hub.world.state().inline_queries;
  const auto found = queries.find(id);
  if (found == queries.end()) {
    co_return sim_error(404, "no such inline query", "inline.gone");
  }
  json::Object out = telegram::inline_result(hub.world.state(), found->second);
  out["inline_query_id"] = id;
  if (!fields.text("pick").empty()) {
    (*body)["inline_query_id"] = id;
    if (fields.text("pick") == "first" && !found->second.ids.empty()) {
      (*body)["pick"] = found->second.ids.front();
    }
    const telegram::SimOutcome sent = hub.world.act("pick", *body);
    hub.settle();
    if (!sent) {
      co_return sim_outcome(sent);
    }
    out["sent"] = *sent;
  }
  co_return sim_answer(out);
}

Task<http::ServerResponse> received(Hub& hub, http::ServerRequest request) {
  const std::int64_t user = sim_number(request.params, "id");
  if (!hub.world.state().users.contains(user)) {
    co_return sim_error(404, fmt::format("there is no user {}", user));
  }
  co_return sim_answer(telegram::received_json(hub.world.state(), user));
}

const telegram::Message* result_of(const telegram::State& state, const std::string& query, const std::string& id) {
  const auto found = state.inline_queries.find(query);
  if (found == state.inline_queries.end()) {
    return nullptr;
  }
  const auto at = std::ranges::find(found->second.ids, id);
  return at == found->second.ids.end()
             ? nullptr
             : &found->second.messages[static_cast<std::size_t>(at - found->second.ids.begin())];
}

http::ServerResponse photo_of(const Hub& hub, std::int64_t bot, const telegram::Message* message, bool is_small) {
  if (message == nullptr || message->files.empty()) {
    return sim_error(404, "there is no such photo");
  }
  const std::string& id = is_small ? message->files.front() : message->files.back();
  auto bytes = hub.files.load(hub.world.state().bots.at(bot).files.at(id).sha256);
  if (!bytes) {
    return sim_error(404, "the file's bytes are gone");
  }
  http::ServerResponse response;
  response.content_type = "image/jpeg";
  response.body = std::move(*bytes);
  return response;
}

Task<http::ServerResponse> received_photo(Hub& hub, http::ServerRequest request) {
  const auto& all = hub.world.state().received;
  const auto found = all.find(sim_number(request.params, "id"));
  const auto n = static_cast<std::size_t>(sim_number(request.params, "message"));
  const bool is_there = found != all.end() && n >= 1 && n <= found->second.size();
  const telegram::ViaMessage* via = is_there ? &found->second[n - 1] : nullptr;
  co_return photo_of(hub, via == nullptr ? 0 : via->bot, via == nullptr ? nullptr : &via->message, false);
}

Task<http::ServerResponse> result_photo(Hub& hub, http::ServerRequest request) {
  const auto& state = hub.world.state();
  const telegram::Message* message = result_of(state, request.params.at("query"), request.params.at("result"));
  const std::int64_t bot = message == nullptr ? 0 : state.inline_queries.at(request.params.at("query")).bot;
  co_return photo_of(hub, bot, message, true);
}

Task<http::ServerResponse> change_bot(Hub& hub, http::ServerRequest request) {
  auto body = sim_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  (*body)["chat"] = sim_number(request.params, "id");
  const telegram::SimOutcome outcome = hub.world.act("change_bot", *body);
  hub.settle();
  co_return sim_outcome(outcome);
}

}  // namespace

void add_inline_routes(http::Router& router, Hub& hub) {
  router.add("POST", "/sim/bots/:id", [&hub](http::ServerRequest r) { return change_bot(hub, std::move(r)); });
  router.add("POST", "/sim/chats/:id/inline", [&hub](http::ServerRequest r) { return inline_mode(hub, std::move(r)); });
  router.add("GET", "/sim/inline/:query/:result",
             [&hub](http::ServerRequest r) { return result_photo(hub, std::move(r)); });
  router.add("GET", "/sim/shared/:id", [&hub](http::ServerRequest r) { return received(hub, std::move(r)); });
  router.add("GET", "/sim/shared/:id/photo/:message",
             [&hub](http::ServerRequest r) { return received_photo(hub, std::move(r)); });
}

}  // namespace aisha::sandbox
