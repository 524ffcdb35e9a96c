// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/world.hpp"

#include <algorithm>
#include <cctype>

#include "base/encoding.hpp"
#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/methods.hpp"

namespace aisha::sandbox::telegram {
namespace {

/// "123456:letters": digits, a colon and at least one sane character (what the server takes for a token at all).
bool well_formed(std::string_view token) {
  const std::size_t colon = token.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == token.size() || token.size() > 80) {
    return false;
  }
  return parse_integer(token.substr(0, colon)).value_or(0) > 0 &&
         std::ranges::all_of(token.substr(colon + 1),
                             [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

json::Object params_json(const Params& params) {
  json::Object out;
  for (const auto& [name, value] : params.all()) {
    out[name] = value;
  }
  return out;
}

/// How many messages a call makes: an album's members, else one.
int messages_of(const Call& call) {
  const auto media = call.params.parsed("media");
  const auto* members = media ? media->if_array() : nullptr;
  const std::int64_t count = members == nullptr ? 1 : std::ssize(*members);
  return static_cast<int>(std::clamp<std::int64_t>(count, 1, limit("album")));
}

}  // namespace

World::World(WorldOptions options, Now now) : options_(std::move(options)), now_(std::move(now)) {
  const json::Object demo{
      {"token", options_.demo_token}, {"username", "aisha_demo_bot"}, {"first_name", "Aisha"}, {"inline", true}};
  Core world = core();
  (void)telegram::act(world, "bot", demo, {});
  seed_people();
  state_.events.clear();
}

void World::seed_people() {
  Core world = core();
  const json::Object anna{{"first_name", "Анна"}, {"username", "anna_demo"}, {"language_code", "ru"}};
  const json::Object emma{{"first_name", "Emma"}, {"username", "emma_demo"}, {"language_code", "en"}};
  (void)telegram::act(world, "user", anna, {});
  (void)telegram::act(world, "user", emma, {});
}

Checked<Bot*> World::authorize(std::string_view token) {
  if (!well_formed(token)) {
    return refuse("Invalid token specified", 401);
  }
  const auto id = parse_integer(token.substr(0, token.find(':'))).value_or(0);
  const auto found = state_.bots.find(id);
  if (found == state_.bots.end() || !encoding::equal_constant_time(found->second.token, token)) {
    return refuse("", 401);
  }
  return &found->second;
}

ApiAnswer World::call(std::string_view token, std::string_view method, const Call& call) {
  const auto bot = authorize(token);
  if (!bot) {
    return error_answer(bot.error());
  }
  return run(**bot, method, call);
}

ApiAnswer World::run(Bot& bot, std::string_view method, const Call& call) {
  const Method found = find_method(method);
  if (found == nullptr) {
    return error_answer(Refusal{404, "Method not found", 0});
  }
  if (options_.strict_flood && !replay_now_) {
    const std::int64_t chat = call.params.integer("chat_id", 0, INT64_MIN + 1, INT64_MAX);
    const int wait = flood_.charge(lower(method), bot.id, chat, now(), messages_of(call));
    if (wait > 0) {
      return error_answer(Refusal{429, {}, wait});
    }
  }
  Core world = core();
  Context context{world, bot, call};
  auto outcome = found(context);
  if (!outcome) {
    return error_answer(outcome.error());
  }
  if (context.changed) {
    record(
        {{"call", method}, {"bot", bot.id}, {"params", params_json(call.params)}, {"files", json::encode(call.files)}});
  }
  return ok_answer(std::move(*outcome), context.description);
}

json::Array World::poll(std::int64_t bot, std::int64_t offset, int limit) {
  const auto found = state_.bots.find(bot);
  if (found == state_.bots.end()) {
    return {};
  }
  Call call;
  call.params.set("offset", std::to_string(offset));
  call.params.set("limit", std::to_string(limit));
  const ApiAnswer answer = run(found->second, "getUpdates", call);
  return answer.result().is_array() ? answer.result().get_array() : json::Array();
}

SimOutcome World::act(std::string_view action, const json::Object& body, const std::vector<FileFacts>& files) {
  Core world = core();
  auto outcome = telegram::act(world, action, body, files);
  if (outcome) {
    json::Object kept = body;
    kept.erase("photo");
    kept.erase("document");
    record({{"act", action}, {"body", std::move(kept)}, {"files", json::encode(files)}});
  }
  return outcome;
}

void World::reset() {
  const auto demo = state_.bots.find(state_.demo_bot);
  State fresh;
  fresh.demo_bot = state_.demo_bot;
  fresh.counters = std::move(state_.counters);
  fresh.counters.erase("user");
  fresh.update_count = state_.update_count;
  Bot bot = std::move(demo->second);
  bot.files.clear();
  bot.updates.clear();
  bot.pending.clear();
  bot.repeats.clear();
  for (const auto& [key, chat] : state_.chats) {
    if (key.first == bot.id) {
      Chat& kept = fresh.chats[key];
      kept.bot = chat.bot;
      kept.user = chat.user;
      kept.instance = chat.instance;
      kept.last_id = chat.last_id;
      kept.version = chat.version + 1;
    }
  }
  fresh.bots.emplace(bot.id, std::move(bot));
  state_ = std::move(fresh);
  flood_ = FloodMeter{};
  seed_people();
  state_.events.clear();
  state_.events.push_back({{"type", "reset"}});
  record({{"act", "reset"}});
}

std::vector<Update> World::take_for_webhook(std::int64_t bot_id, const std::vector<std::string>& busy,
                                            std::size_t most) {
  std::vector<Update> out;
  const auto found = state_.bots.find(bot_id);
  if (found == state_.bots.end() || found->second.webhook.url.empty()) {
    return out;
  }
  Bot& bot = found->second;
  Core world = core();
  expire_updates(world, bot);
  std::vector<std::string> taken = busy;
  const auto take = [&](std::int64_t id) {
    Update& update = bot.updates.at(id);
    if (out.size() < most && std::ranges::find(taken, update.lane) == taken.end()) {
      update.handed_ms.push_back(world.now);
      taken.push_back(update.lane);
      out.push_back(update);
      return true;
    }
    return false;
  };
  std::erase_if(bot.repeats, take);
  for (const std::int64_t id : bot.pending) {
    take(id);
  }
  return out;
}

void World::webhook_done(std::int64_t bot_id, std::int64_t update_id, bool accepted, std::string_view error) {
  const auto found = state_.bots.find(bot_id);
  if (found == state_.bots.end()) {
    return;
  }
  Bot& bot = found->second;
  if (!accepted) {
    bot.webhook.last_error_s = now() / 1000;
    bot.webhook.last_error = error;
    return;
  }
  if (const auto update = bot.updates.find(update_id); update != bot.updates.end()) {
    update->second.acknowledged_ms = now();
  }
  std::erase(bot.pending, update_id);
  record({{"act", "delivered"}, {"bot", bot_id}, {"update_id", update_id}});
}

std::vector<Event> World::take_events() {
  std::vector<Event> out(std::make_move_iterator(state_.events.begin()), std::make_move_iterator(state_.events.end()));
  state_.events.clear();
  return out;
}

void World::record(json::Object line) {
  if (recorder_ != nullptr && !replay_now_) {
    line["t"] = now();
    recorder_->record(line);
  }
}

Result<> World::replay(const json::Object& line) {
  const Params outer(line);
  if (!line.contains("t")) {
    return fail(Errc::update_malformed, "a journal line without its time");
  }
  std::vector<FileFacts> files;
  if (const auto* listed = line.if_contains("files")) {
    auto read = json::decode<std::vector<FileFacts>>(*listed);
    if (!read) {
      return std::unexpected(read.error());
    }
    files = std::move(*read);
  }
  const auto member = [&line](std::string_view key) {
    const auto* found = line.if_contains(key);
    return found != nullptr && found->is_object() ? found->get_object() : json::Object();
  };
  replay_now_ = outer.integer("t", 0, 0, INT64_MAX);
  const std::int64_t bot_id = outer.integer("bot", 0, 0, INT64_MAX);
  const std::string& action = outer.text("act");
  if (const auto bot = state_.bots.find(bot_id); outer.has("call") && bot != state_.bots.end()) {
    run(bot->second, outer.text("call"), Call{Params(member("params")), std::move(files)});
  } else if (action == "reset") {
    reset();
  } else if (action == "delivered") {
    webhook_done(bot_id, outer.integer("update_id", 0, 0, INT64_MAX), true, {});
  } else if (!action.empty()) {
    (void)act(action, member("body"), files);
  }
  replay_now_.reset();
  state_.events.clear();
  return {};
}

}  // namespace aisha::sandbox::telegram
