// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/encoding.hpp"
#include "sandbox/sim_routes.hpp"
#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/render.hpp"

namespace aisha::sandbox {
namespace {

using telegram::FileFacts;
using telegram::SimOutcome;
using Steady = std::chrono::steady_clock;

constexpr std::int64_t kPressWait = 5'000;

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
  co_return sim_outcome(outcome);
}

/// A file in base64 on its way into the store.
struct Enclosed {
  FileFacts facts;
  std::string bytes;
  bool picture = false;
};

/// What `item` encloses as "photo" or "document", to be kept as `field`; empty bytes = not base64.
Enclosed enclosed(const json::Object& item, std::string_view kind, std::string field) {
  Enclosed out;
  out.bytes = encoding::from_base64(text_field(item, kind)).value_or(std::string());
  out.picture = kind == "photo";
  out.facts.field = std::move(field);
  out.facts.name = text_field(item, "name");
  out.facts.type = text_field(item, "mime_type");
  if (out.facts.type.empty()) {
    out.facts.type = "application/octet-stream";
  }
  return out;
}

/// Takes the files out of a body: what is left is small enough for the journal.
std::vector<Enclosed> take_enclosed(json::Object& body) {
  std::vector<Enclosed> out;
  for (const std::string_view kind : {"photo", "document"}) {
    if (body.contains(kind)) {
      out.push_back(enclosed(body, kind, std::string(kind)));
    }
  }
  if (auto* named = body.if_contains("album")) {
    json::Value listed = std::move(*named);
    body.erase("album");
    body["media"] = std::move(listed);
  }
  auto* album = body.if_contains("media");
  if (album == nullptr || !album->is_array()) {
    return out;
  }
  std::size_t place = 0;
  for (json::Value& item : album->get_array()) {
    const json::Object given = item.is_object() ? item.get_object() : json::Object();
    const std::string_view kind = given.contains("document") ? "document" : "photo";
    out.push_back(enclosed(given, kind, fmt::format("media{}", place)));
    item = json::Object{{"type", kind}, {"caption", text_field(given, "caption")}};
    ++place;
  }
  return out;
}

Task<http::ServerResponse> send(Hub& hub, http::ServerRequest request) {
  auto body = action_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  std::vector<FileFacts> files;
  std::vector<Enclosed> given = take_enclosed(*body);
  for (Enclosed& one : given) {
    if (one.bytes.empty()) {
      co_return sim_error(400, one.facts.field + " must be base64");
    }
    FileFacts kept = co_await hub.intake.keep(std::move(one.facts), std::move(one.bytes), one.picture);
    files.push_back(std::move(kept));
  }
  const SimOutcome outcome = hub.world.act("send", *body, files);
  hub.settle();
  co_return sim_outcome(outcome);
}

/// A person who has chosen all sample photos at once: a messenger makes albums of ten of them.
Task<http::ServerResponse> send_samples(Hub& hub, http::ServerRequest request) {
  auto body = action_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  const std::vector<FileFacts> photos = co_await hub.intake.samples();
  constexpr std::size_t kAlbum = telegram::limit("album");
  json::Array sent;
  for (std::size_t from = 0; from < photos.size(); from += kAlbum) {
    std::vector<FileFacts> files(photos.begin() + static_cast<std::ptrdiff_t>(from),
                                 photos.begin() + static_cast<std::ptrdiff_t>(std::min(from + kAlbum, photos.size())));
    for (std::size_t i = 0; i < files.size(); ++i) {
      files[i].field = fmt::format("media{}", i);
    }
    (*body)["media"] = json::Array(files.size(), json::Object{{"type", "photo"}});
    const SimOutcome outcome = hub.world.act("send", *body, files);
    hub.settle();
    if (!outcome) {
      co_return sim_outcome(outcome);
    }
    std::ranges::copy(outcome->at("messages").as_array(), std::back_inserter(sent));
  }
  co_return sim_answer(json::Object{{"messages", std::move(sent)}});
}

Task<http::ServerResponse> press(Hub& hub, http::ServerRequest request) {
  const auto body = action_body(request);
  if (!body) {
    co_return sim_error(400, "the body must be a JSON object");
  }
  const SimOutcome outcome = hub.world.act("press", *body);
  hub.settle();
  if (!outcome) {
    co_return sim_outcome(outcome);
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

/// An update that nobody acknowledges for so long says that nobody is there, whatever else looks alive.
constexpr std::int64_t kDeafAfter = 10'000;

/// Whether the demo's bot would hear of a message now, and by which way.
json::Object bot_readiness(const Hub& hub) {
  const telegram::Bot& bot = hub.world.state().bots.at(hub.world.state().demo_bot);
  const bool deaf = !bot.pending.empty() && hub.now() - bot.updates.at(bot.pending.front()).made_ms > kDeafAfter;
  if (!bot.webhook.url.empty()) {
    const bool refused = !bot.pending.empty() && bot.webhook.last_error_s != 0;
    return {{"ready", !refused && !deaf}, {"updates", "webhook"}};
  }
  const bool asks = hub.polls.alive(bot.id);
  return {{"ready", asks && !deaf}, {"updates", asks ? json::Value("polling") : json::Value(nullptr)}};
}

Task<http::ServerResponse> health(Hub& hub) {
  const auto& state = hub.world.state();
  const json::Object body{{"ok", true},         {"bots", state.bots.size()}, {"users", state.users.size()},
                          {"clock", hub.now()}, {"bot", bot_readiness(hub)}, {"top_up", hub.gives_coins}};
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
  router.add("POST", "/sim/users/:id", [&hub](http::ServerRequest r) { return act(hub, "change", std::move(r)); });
  router.add("GET", "/sim/bots", [&hub](http::ServerRequest r) { return list_bots(hub, std::move(r)); });
  router.add("POST", "/sim/bots", [&hub](http::ServerRequest r) { return act(hub, "bot", std::move(r)); });
  router.add("POST", "/sim/chats/:id/send", [&hub](http::ServerRequest r) { return send(hub, std::move(r)); });
  router.add("POST", "/sim/chats/:id/samples",
             [&hub](http::ServerRequest r) { return send_samples(hub, std::move(r)); });
  router.add("POST", "/sim/chats/:id/press", [&hub](http::ServerRequest r) { return press(hub, std::move(r)); });
  for (const std::string action : {"react", "block", "unblock", "read"}) {
    router.add("POST", "/sim/chats/:id/" + action,
               [&hub, action](http::ServerRequest r) { return act(hub, action, std::move(r)); });
  }
}

}  // namespace aisha::sandbox
