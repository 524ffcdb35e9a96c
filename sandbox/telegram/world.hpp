// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/telegram/errors.hpp"
#include "sandbox/telegram/flood.hpp"
#include "sandbox/telegram/people.hpp"
#include "sandbox/telegram/state.hpp"

namespace aisha::sandbox::telegram {

/// Hears of everything that changed the world; a journal keeps the lines and `World::replay` takes them back.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void record(const json::Object& line) = 0;
};

struct WorldOptions {
  std::uint64_t seed = 1;
  std::string demo_token = "7000000001:sandbox-demo-token-of-the-simulator";
  bool strict_flood = false;
};

/// Telegram as bots and people meet it: a pure state machine. No I/O, no clock of its own, no bytes of files: time and
/// seed come in, answers, updates and events come out. The same inputs give the same world.
class World {
 public:
  /// ms since the epoch. std::function: handed in once by whoever owns time (sandbox, simulator, tests).
  using Now = std::function<std::int64_t()>;

  World(WorldOptions options, Now now);

  /// Any Bot API method at once; getUpdates never waits here. Token and method are as in the path.
  ApiAnswer call(std::string_view token, std::string_view method, const Call& call);
  /// getUpdates without a token's detour: the updates, oldest first.
  json::Array poll(std::int64_t bot, std::int64_t offset, int limit = 100);
  /// See `telegram::act`.
  SimOutcome act(std::string_view action, const json::Object& body, const std::vector<FileFacts>& files = {});

  /// Empties everything that people and bots said. Bots keep their settings, update ids and message ids go on, so that
  /// a running product never sees a number twice.
  void reset();

  /// Bot of a well-formed, known token; refusal 401 otherwise.
  Checked<Bot*> authorize(std::string_view token);
  /// For webhook delivery: up to `most` updates whose lanes are not in `busy`, oldest first, marked as handed out.
  std::vector<Update> take_for_webhook(std::int64_t bot, const std::vector<std::string>& busy, std::size_t most);
  /// An update's delivery ended: accepted, or the error that getWebhookInfo shows.
  void webhook_done(std::int64_t bot, std::int64_t update_id, bool accepted, std::string_view error);

  const State& state() const { return state_; }
  std::int64_t now() const { return replay_now_.value_or(now_()); }
  /// {messages, version, reactions, reply_markup, action, blocked, started}; empty when there is no such chat.
  std::optional<json::Object> conversation(std::int64_t bot, std::int64_t chat) const;
  /// One line a message: "bot  #12 [photo] caption | [Button][Button]".
  std::string transcript(std::int64_t bot, std::int64_t chat) const;
  /// {users: [User + blocked, started, unread]} as one bot's people.
  json::Object people(std::int64_t bot) const;
  /// {bots: [...]} with names, texts and commands as a person of that language sees them; the demo's bot first.
  json::Object bots(std::string_view language) const;
  /// {updates: [...]} made after number `after`.
  json::Object updates(std::int64_t after) const;
  /// Null when absent.
  const Chat* find_chat(std::int64_t bot, std::int64_t chat) const;
  const Message* find_message(std::int64_t bot, std::int64_t chat, std::int64_t message) const;
  /// A file of a bot by its path below /file/bot<token>/, null when absent.
  const StoredFile* find_file(std::int64_t bot, std::string_view path) const;

  /// Events since the last call, oldest first.
  std::vector<Event> take_events();

  void set_recorder(Recorder* recorder) { recorder_ = recorder; }
  /// One line of a journal; Errc::update_malformed when it is not one.
  Result<> replay(const json::Object& line);

 private:
  Core core() { return Core{state_, options_.seed, now()}; }
  void seed_people();
  void record(json::Object line);
  ApiAnswer run(Bot& bot, std::string_view method, const Call& call);

  WorldOptions options_;
  Now now_;
  State state_;
  FloodMeter flood_;
  Recorder* recorder_ = nullptr;
  std::optional<std::int64_t> replay_now_;
};

}  // namespace aisha::sandbox::telegram
