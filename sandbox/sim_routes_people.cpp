// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>

#include "base/encoding.hpp"
#include "sandbox/sim_routes.hpp"
#include "sandbox/telegram/render.hpp"

namespace aisha::sandbox {
namespace {

using telegram::FileFacts;
using telegram::SimOutcome;
using Steady = std::chrono::steady_clock;

constexpr std::int64_t kPressWait = 5'000;

http::ServerResponse outcome_answer(const SimOutcome& outcome) {
  return outcome ? sim_answer(*outcome) : sim_error(outcome.error().status, outcome.error().sentence);
}

/// The body with the path's chat and the query's bot in it.
std::optional<json::Object> action_body(const http::ServerRequest& request) {
  auto body = sim_body(request);
  if (body) {
    (*body)["chat"] = sim_number(request.params, "id");
    if (!body->contains("bot")) {
      (*body)["bot"] = sim_number(request.query, "bot");
    }
  }
  return body;
}

std::string text_field(const json::Object& body, std::string_view key) {
  const auto* found = body.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

Task<http::ServerResponse> act(Hub& hub, std::string action, http::ServerRequest request) {
  const auto body = action_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  const SimOutcome outcome = hub.world.act(action, *body);
  hub.settle();
  co_return outcome_answer(outcome);
}

Task<http::ServerResponse> send(Hub& hub, http::ServerRequest request) {
  const auto body = action_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  std::vector<FileFacts> files;
  for (const std::string& field : {std::string("photo"), std::string("document")}) {
    if (!body->contains(field)) {
      continue;
    }
    auto bytes = encoding::from_base64(text_field(*body, field));
    if (!bytes || bytes->empty()) {
      co_return sim_error(400, field + " must be base64");
    }
    FileFacts facts;
    facts.field = field;
    facts.name = text_field(*body, "name");
    facts.type = text_field(*body, "mime_type");
    if (facts.type.empty()) {
      facts.type = "application/octet-stream";
    }
    FileFacts kept = co_await hub.intake.keep(std::move(facts), std::move(*bytes), field == "photo");
    files.push_back(std::move(kept));
  }
  const SimOutcome outcome = hub.world.act("send", *body, files);
  hub.settle();
  co_return outcome_answer(outcome);
}

Task<http::ServerResponse> press(Hub& hub, http::ServerRequest request) {
  const auto body = action_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  const SimOutcome outcome = hub.world.act("press", *body);
  hub.settle();
  if (!outcome) {
    co_return outcome_answer(outcome);
  }
  json::Object out = outcome->get_object();
  const std::string query = text_field(out, "callback_query_id");
  const telegram::Params fields(*body);
  const auto deadline = Steady::now() + Millis(fields.integer("wait", kPressWait, 0, 600'000));
  while (!query.empty()) {
    const auto& callbacks = hub.world.state().callbacks;
    const auto found = callbacks.find(query);
    if (found == callbacks.end()) {
      break;  // a reset took it away
    }
    for (const auto& pair : telegram::press_result(found->second)) {
      out[pair.key()] = pair.value();
    }
    const auto left = std::chrono::duration_cast<Millis>(deadline - Steady::now());
    if (found->second.answered_ms != 0 || left <= Millis(0) || hub.feed.closed()) {
      break;
    }
    co_await hub.feed.wait(left);
  }
  std::int64_t bot = fields.integer("bot", 0, 0, INT64_MAX);
  bot = bot == 0 ? hub.world.state().demo_bot : bot;
  const std::int64_t chat = fields.integer("chat", 0, INT64_MIN + 1, INT64_MAX);
  const auto* message = hub.world.find_message(bot, chat, fields.integer("message_id", 0, 0, INT64_MAX));
  out["message"] = nullptr;
  if (message != nullptr) {
    out["message"] = telegram::message_json(hub.world.state(), *hub.world.find_chat(bot, chat), *message);
  }
  co_return sim_answer(out);
}

Task<http::ServerResponse> health(Hub& hub) {
  const auto& state = hub.world.state();
  const json::Object body{
      {"ok", true}, {"bots", state.bots.size()}, {"users", state.users.size()}, {"clock", hub.now()}};
  co_return sim_answer(body);
}

Task<http::ServerResponse> list_users(Hub& hub, http::ServerRequest request) {
  co_return sim_answer(hub.world.people(sim_bot(hub, request)));
}

Task<http::ServerResponse> list_bots(Hub& hub, http::ServerRequest request) {
  const auto language = request.query.find("language");
  co_return sim_answer(hub.world.bots(language == request.query.end() ? std::string() : language->second));
}

}  // namespace

void add_people_routes(http::Router& router, Hub& hub) {
  router.add("GET", "/sim/health", [&hub](const http::ServerRequest&) { return health(hub); });
  router.add("GET", "/sim/users", [&hub](http::ServerRequest r) { return list_users(hub, std::move(r)); });
  router.add("POST", "/sim/users", [&hub](http::ServerRequest r) { return act(hub, "user", std::move(r)); });
  router.add("GET", "/sim/bots", [&hub](http::ServerRequest r) { return list_bots(hub, std::move(r)); });
  router.add("POST", "/sim/bots", [&hub](http::ServerRequest r) { return act(hub, "bot", std::move(r)); });
  router.add("POST", "/sim/chats/:id/send", [&hub](http::ServerRequest r) { return send(hub, std::move(r)); });
  router.add("POST", "/sim/chats/:id/press", [&hub](http::ServerRequest r) { return press(hub, std::move(r)); });
  for (const std::string action : {"react", "block", "unblock", "read"}) {
    router.add("POST", "/sim/chats/:id/" + action,
               [&hub, action](http::ServerRequest r) { return act(hub, action, std::move(r)); });
  }
}

}  // namespace aisha::sandbox
