// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.hpp"
#include "config/config.hpp"
#include "sandbox/fal/queue.hpp"
#include "sandbox/fal/signer.hpp"
#include "sandbox/telegram/world.hpp"
#include "services/context/policy.hpp"
#include "sql/database.hpp"
#include "tests/fakes/memory_blobs.hpp"
#include "tests/sim/world/sim_clock.hpp"

namespace aisha::sim {

inline constexpr std::string_view kTelegramUrl = "http://telegram.sim";
inline constexpr std::string_view kFalUrl = "http://fal.sim";
inline constexpr std::string_view kFilesUrl = "http://files.sim";
inline constexpr std::string_view kWebhookUrl = "https://aisha.sim/fal";

/// What is taken away from the product to see the checker bite.
struct Mutation {
  bool no_fence = false;           ///< writes of a job no longer name its state and epoch
  bool no_dedupe = false;          ///< a repeated update or tap counts as a new one
  bool no_one_resolution = false;  ///< a hold may be resolved twice ...
  bool stutter = false;            ///< ... and is: every resolution is written twice
  bool no_ready_row = false;       ///< a job succeeds and its picture's row stays as it was
  bool no_capture = false;         ///< a picture is ready and its hold stays open
  bool no_promote = false;         ///< the end of a row leaves its lane to nobody
  bool charged_anew = false;       ///< the attempt after a result that was no good is held for like the first
  bool no_adoption = false;        ///< a lost submit is repeated at once although the webhook would tell
  std::string_view lost{};         ///< writes that contain this are never made
};

/// How often things go wrong, of 1000; drawn anew for each seed.
struct Rates {
  std::uint64_t refused = 0;       ///< a request never leaves
  std::uint64_t answer_lost = 0;   ///< carried out, but nobody hears of it
  std::uint64_t request_lost = 0;  ///< not carried out, and nobody can tell
  std::uint64_t server_error = 0;
  std::uint64_t flood = 0;
  std::uint64_t commit_lost = 0;
  std::uint64_t commit_unknown = 0;
  std::uint64_t crash_at_port = 0;  ///< the process dies just after a call was carried out
  std::uint64_t bad_outcome = 0;    ///< the model misbehaves
  std::uint64_t bad_picture = 0;    ///< or what it makes is no good
  std::uint64_t duplicate = 0;      ///< an update is given out again
};

struct Plan {
  std::uint64_t seed = 1;
  Mutation mutation;
  int people = 5;
  int actions = 7;
  std::uint64_t shares = 10;    ///< of 100 other acts so many show a picture to others, when there are some
  std::uint64_t varies = 15;    ///< of 100 other acts so many make pictures of pictures, when there are some
  std::uint64_t tidiness = 30;  ///< of 100 acts so many look after pictures, when there are some
  bool curious = true;          ///< people ask for archives of their data
  std::uint64_t leaving = 0;    ///< of 1000 acts so many have everything of their person erased, who then starts anew
  bool webhooks = false;
  bool zombies = true;
  bool outages = true;          ///< Telegram is away for a while, now and then
  std::int64_t run_ms = 1'200;  ///< fal's work on one picture
  std::int64_t retires = 0;     ///< after so many submits fal has none of those endpoints any more; 0 = never
  Rates rates;
  services::Policy policy;
};
/// The plan of a seed: each draws its own rates.
Plan plan_of(std::uint64_t seed);
/// The product's settings in it: the shipped ones, with the universe's addresses.
config::Config settings_of(const Plan& plan);
/// What the product makes of them.
services::Policy policy_of(const Plan& plan);

/// For everybody and as long as it lasts.
struct TelegramOutage {
  TimePoint until{};
  int status = 0;            ///< what it answers; 0 = connections are refused
  bool sends_alone = false;  ///< it still gives updates
};

/// An io_context whose pending handlers can be destroyed while it lives: what kill -9 leaves of a process.
class MortalContext : public boost::asio::io_context {
 public:
  MortalContext() : boost::asio::io_context(1) {}
  void kill() { shutdown(); }
};

/// Everything outside the product: time, database, objects, Telegram, fal; and the record of what was seen.
class Universe {
 public:
  explicit Universe(const Plan& plan);
  ~Universe();
  Universe(const Universe&) = delete;
  Universe& operator=(const Universe&) = delete;

  const Plan& plan() const { return plan_; }
  /// True `per_mille` times of 1000, as long as faults are on.
  bool strikes(std::uint64_t per_mille);
  Millis between(std::int64_t least, std::int64_t most);
  std::int64_t now_ms() const { return epoch_ms(timers.now()); }
  void trace(std::string_view what, std::uint64_t value);
  void violation(std::string text);
  std::uint64_t number(sql::Text query);

  Timers timers;
  SimClock clock{timers, 0};
  SeededRng rng;
  SeededRng fal_rng;
  MortalContext io;
  std::unique_ptr<sql::Database> db;
  fakes::MemoryBlobs blobs;
  sandbox::telegram::World telegram;
  sandbox::fal::Queue fal;
  sandbox::fal::Signer signer{"fal"};  ///< of fal's webhooks

  bool faults_on = true;
  TelegramOutage outage;
  std::set<Owner> doomed;  ///< processes that die before their next step
  std::set<std::string> paid_taps;
  std::map<Uuid, int> undone;        ///< how often a picture's removal was taken back: each shows it once more
  std::int64_t submits = 0;          ///< to fal
  std::optional<TimePoint> retired;  ///< when fal said for the first time that an endpoint is no more
  std::uint64_t unknown_sends = 0;
  std::uint64_t zombies = 0;
  std::uint64_t crashes = 0;
  std::uint64_t hash = 1469598103934665603ULL;
  std::vector<std::string> violations;

 private:
  Plan plan_;
};

}  // namespace aisha::sim
