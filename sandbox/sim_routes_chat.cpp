// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/encoding.hpp"
#include "sandbox/sim_routes.hpp"

namespace aisha::sandbox {
namespace {

using Steady = std::chrono::steady_clock;

constexpr Millis kHeartbeat{10'000};

Task<http::ServerResponse> messages(Hub& hub, http::ServerRequest request) {
  const std::int64_t bot = sim_bot(hub, request);
  const std::int64_t chat = sim_number(request.params, "id");
  const auto after = static_cast<std::uint64_t>(sim_number(request.query, "after"));
  const auto wait = std::clamp<std::int64_t>(sim_number(request.query, "wait"), 0, 600'000);
  const auto deadline = Steady::now() + Millis(wait);
  while (!hub.feed.closed()) {
    const auto* shown = hub.world.find_chat(bot, chat);
    const auto left = std::chrono::duration_cast<Millis>(deadline - Steady::now());
    if (left <= Millis(0) || (shown != nullptr && shown->version > after)) {
      break;
    }
    co_await hub.feed.wait(left);
  }
  const auto conversation = hub.world.conversation(bot, chat);
  if (!conversation) {
    co_return sim_error(404, fmt::format("there is no user {} or no bot {}", chat, bot));
  }
  if (const auto* shown = hub.world.find_chat(bot, chat); shown != nullptr && shown->unread > 0) {
    // Who fetches a chat looks at it.
    const json::Object body{{"chat", chat}, {"bot", bot}};
    (void)hub.world.act("read", body);
  }
  co_return sim_answer(*conversation);
}

/// The file ids of what has that unique id, in every size; empty = there is no such file.
std::vector<std::string> ladder_of(const std::map<std::string, telegram::StoredFile>& files,
                                   const std::string& unique) {
  const auto found = std::ranges::find(files, unique, [](const auto& entry) { return entry.second.unique_id; });
  if (found == files.end()) {
    return {};
  }
  return found->second.ladder.empty() ? std::vector{found->first} : found->second.ladder;
}

/// The file of a ladder that `size` asks for: "min", a number of pixels (the smallest that is at least so wide or
/// high), anything else is the largest.
const std::string& sized(const std::map<std::string, telegram::StoredFile>& files,
                         const std::vector<std::string>& ladder, const std::string& size) {
  const std::int64_t wanted = telegram::parse_integer(size).value_or(0);
  if (size == "min") {
    return ladder.front();
  }
  const auto enough = [&](const std::string& id) {
    const telegram::StoredFile& file = files.at(id);
    return wanted > 0 && std::max(file.width, file.height) >= wanted;
  };
  const auto found = std::ranges::find_if(ladder, enough);
  return found == ladder.end() ? ladder.back() : *found;
}

/// Bytes of a message's photo or document; with `v`, of the file with that unique id, whatever the message shows by now
/// and whether it is still there: a page that fetches a card's photo is not to lose it to the card's next change.
Task<http::ServerResponse> file(Hub& hub, http::ServerRequest request, telegram::Message::Kind kind) {
  const std::int64_t bot = sim_bot(hub, request);
  const auto& files = hub.world.state().bots.at(bot).files;
  const auto unique = request.query.find("v");
  const auto* message =
      hub.world.find_message(bot, sim_number(request.params, "id"), sim_number(request.params, "message"));
  std::vector<std::string> ladder;
  if (unique != request.query.end()) {
    ladder = ladder_of(files, unique->second);
  } else if (message != nullptr && message->kind == kind) {
    ladder = message->files;
  }
  if (ladder.empty()) {
    co_return sim_error(404, "this message has no such file");
  }
  const auto size = request.query.find("size");
  const std::string& id = sized(files, ladder, size == request.query.end() ? std::string() : size->second);
  const telegram::StoredFile& stored = files.at(id);
  auto bytes = hub.files.load(stored.sha256);
  if (!bytes) {
    co_return sim_error(404, "the file's bytes are gone");
  }
  http::ServerResponse response;
  if (unique != request.query.end()) {
    response.headers.push_back({"Cache-Control", "private, max-age=31536000, immutable"});
  }
  response.content_type = stored.mime.empty() ? "application/octet-stream" : stored.mime;
  response.body = std::move(*bytes);
  if (kind == telegram::Message::Kind::document) {
    // Foreign bytes must not run as a page of this origin.
    response.content_type = stored.mime.starts_with("image/") && !stored.mime.starts_with("image/svg")
                                ? stored.mime
                                : "application/octet-stream";
    response.headers.push_back(
        {"Content-Disposition", "attachment; filename*=UTF-8''" + encoding::percent_encode(stored.name)});
  }
  co_return response;
}

Task<http::ServerResponse> transcript(Hub& hub, http::ServerRequest request) {
  const std::int64_t chat = sim_number(request.params, "id");
  if (!hub.world.state().users.contains(chat)) {
    co_return sim_error(404, fmt::format("there is no user {}", chat));
  }
  http::ServerResponse response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = hub.world.transcript(sim_bot(hub, request), chat);
  co_return response;
}

Task<void> stream_events(Hub& hub, http::BodyStream& out) {
  std::uint64_t seen = hub.feed.newest();
  bool alive = co_await out.write(": aisha-sandbox\n\n");
  auto last = Steady::now();
  while (alive && !hub.feed.closed()) {
    co_await hub.feed.wait_past(seen, kHeartbeat);
    std::string chunk;
    for (const std::string& event : hub.feed.since(seen)) {
      chunk += "data: " + event + "\n\n";
    }
    seen = hub.feed.newest();
    if (chunk.empty() && Steady::now() - last >= kHeartbeat) {
      chunk = ": still here\n\n";
    }
    if (!chunk.empty()) {
      last = Steady::now();
      alive = co_await out.write(std::move(chunk));
    }
  }
}

Task<http::ServerResponse> events(Hub& hub) {
  http::ServerResponse response;
  response.content_type = "text/event-stream";
  response.headers.push_back({"Cache-Control", "no-store"});
  response.stream = [&hub](http::BodyStream& out) { return stream_events(hub, out); };
  co_return response;
}

}  // namespace

void add_chat_routes(http::Router& router, Hub& hub) {
  using Kind = telegram::Message::Kind;
  router.add("GET", "/sim/chats/:id/messages", [&hub](http::ServerRequest r) { return messages(hub, std::move(r)); });
  router.add("GET", "/sim/chats/:id/photo/:message",
             [&hub](http::ServerRequest r) { return file(hub, std::move(r), Kind::photo); });
  router.add("GET", "/sim/chats/:id/document/:message",
             [&hub](http::ServerRequest r) { return file(hub, std::move(r), Kind::document); });
  router.add("GET", "/sim/transcript/:id", [&hub](http::ServerRequest r) { return transcript(hub, std::move(r)); });
  router.add("GET", "/sim/events", [&hub](const http::ServerRequest&) { return events(hub); });
}

}  // namespace aisha::sandbox
