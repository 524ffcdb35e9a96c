// SPDX-License-Identifier: Apache-2.0
#include "app/check/check.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "app/check/check_walk.hpp"
#include "app/check/recount_command.hpp"
#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "app/engines/store_claim.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "http/client/client.hpp"
#include "services/upkeep/bucket_owner.hpp"

namespace aisha::app {
namespace {

namespace audit = stores::audit;
namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

constexpr std::string_view kParts[] = {"transfers", "accounts",     "requests", "people",
                                       "sums",      "waiting rows", "pictures"};
constexpr std::chrono::seconds kOnScreen{1};
constexpr std::chrono::seconds kInLog{30};
constexpr int kViolated = 1;
constexpr int kNotRead = 5;
constexpr int kInterrupted = 130;
// A process that sweeps has its own clock.
constexpr Millis kSweptEarlier{60'000};

/// Tells how far the check is, and keeps its place.
class Progress {
 public:
  Progress(const CheckState& state, std::string path, std::string subject)
      : state_(state), path_(std::move(path)), subject_(std::move(subject)) {}

  void after_page() {
    const auto now = Steady::now();
    if (now - kept_ >= kOnScreen) {
      kept_ = now;
      keep();
    }
    if (now - told_ >= (is_screen_ ? kOnScreen : kInLog)) {
      told_ = now;
      tell();
    }
  }

  void keep() const {
    if (path_.empty()) {
      return;
    }
    if (const auto saved = save(state_, path_, subject_); !saved) {
      log::warn("the place is not kept: {}", saved.error().detail);
    }
  }

  /// Clears the line.
  void end() const {
    if (is_screen_) {
      fmt::print(stderr, "\r\x1b[K");
    }
  }

 private:
  void tell() const {
    const audit::Mark& mark = state_.mark;
    const Uuid at = mark.part == audit::Part::none ? state_.pictures_after : mark.after;
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(Steady::now() - begun_);
    std::string line =
        fmt::format("{} rows, {} pictures read, {} violations in {} s; now {}", state_.rows, state_.pictures,
                    state_.total(), took.count(), kParts[static_cast<std::size_t>(mark.part)]);
    if (!at.is_nil()) {
      line += " after " + to_iso8601(at.time()).substr(0, 10);
    }
    fmt::print(stderr, "{}{}{}", is_screen_ ? "\r\x1b[K" : "", line, is_screen_ ? "" : "\n");
    std::fflush(stderr);
  }

  const CheckState& state_;
  const std::string path_;
  const std::string subject_;
  const bool is_screen_ = ::isatty(STDERR_FILENO) == 1;
  const Steady::time_point begun_ = Steady::now();
  Steady::time_point told_ = begun_;
  Steady::time_point kept_ = begun_;
};

void print_more(std::int64_t all, const std::vector<std::string>& shown) {
  if (all > std::ssize(shown)) {
    fmt::print("    and {} more\n", all - std::ssize(shown));
  }
}

void print(const CheckState& state, bool objects) {
  for (std::size_t i = 0; i < state.violations.size(); ++i) {
    const audit::Invariant& invariant = audit::kInvariants.at(i);
    fmt::print("{} I{:<3} {:>6}  {}\n", state.violations[i] == 0 ? "ok " : "BAD", invariant.number, state.violations[i],
               invariant.says);
  }
  if (objects) {
    fmt::print("    {} pictures read and compared with their length and SHA-256\n", state.pictures);
    if (state.loras > 0) {
      fmt::print("    {} copies of avatars' models likewise\n", state.loras);
    }
  }
  for (const std::string& sentence : state.sentences) {
    fmt::print("    {}\n", sentence);
  }
  const auto total = state.total();
  print_more(total, state.sentences);
  for (const std::string& sentence : state.unreads) {
    fmt::print("    {}\n", sentence);
  }
  print_more(state.unread, state.unreads);
}

/// The last lines; `rest`: why some were not tried, "" = all were.
void conclude(const CheckState& state, std::string_view rest) {
  const auto total = state.total();
  const bool all_read = state.unread == 0 && rest.empty();
  fmt::print("{}\n", total > 0  ? fmt::format("{} violations.", total)
                     : all_read ? "All invariants hold."
                                : "No violations, but not everything was read.");
  if (state.unread > 0) {
    fmt::print("{} not read: what cannot be read now may be there. Look with `aisha doctor`, then check again.\n",
               state.unread);
  }
  if (!rest.empty()) {
    fmt::print("The rest of the pictures is not read: {}.\n", rest);
  }
}

/// Which database and how thorough; the address may hold a password.
std::string subject_of(const config::Config& config, bool objects) {
  const std::string place = encoding::sha256_hex(config.database_url + " " + config.database_schema);
  return place.substr(0, 16) + (objects ? " with objects" : "");
}

/// `away`: why no object was read; "" = as `end` says.
int report(const CheckState& state, WalkEnd end, const std::string& away, const CheckOptions& options) {
  const std::string_view place =
      options.resume.empty() ? "--resume FILE keeps the place of the next one" : "the same command goes on from here";
  if (end == WalkEnd::stopped) {
    fmt::print(stderr, "stopped after {} rows; {}\n", state.rows, place);
    return kInterrupted;
  }
  std::string rest = away;
  if (end == WalkEnd::store_away) {
    rest = fmt::format("the store gives none of them, look with `aisha doctor`; {}", place);
  }
  if (rest.empty() && !options.resume.empty()) {
    std::error_code ignored;
    std::filesystem::remove(options.resume, ignored);
  }
  print(state, options.objects);
  conclude(state, rest);
  const bool all_read = rest.empty() && state.unread == 0;
  return state.total() > 0 ? kViolated : all_read ? 0 : kNotRead;
}

/// Why no object can be told lost: the store is away, another database's, or nobody's like a drive that is not mounted.
std::string why_away(asio::io_context& loop, sql::Database& database, blobs::BlobStore& blobs) {
  const KnownDatabase known = wait_for(loop, known_of(database));
  const auto owned = wait_for(loop, services::check_bucket(blobs, known.id));
  const bool nothing_to_lose = !known.any_picture;
  return owned || nothing_to_lose ? "" : log::clean(owned.error().detail);
}

/// To the end, until a signal, or until there is nothing to read from.
WalkEnd walk(asio::io_context& loop, sql::Snapshot& database, blobs::BlobStore* blobs, const audit::Rules& rules,
             CheckState& state, Progress& progress) {
  CheckWalk walk(database, blobs, rules, state, [&] { progress.after_page(); });
  asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code& ended, int) {
    if (!ended) {
      walk.stop();
    }
  });
  const WalkEnd end = wait_for(loop, walk.run());
  progress.keep();
  progress.end();
  return end;
}

}  // namespace

Result<int> check_command(const config::Config& config, const CheckOptions& options) {
  if (options.recount) {
    const auto mended = recount_command(config);
    if (!mended) {
      return std::unexpected(mended.error());
    }
    fmt::print("{} counters of pictures recounted\n", *mended);
  }
  const std::string subject = subject_of(config, options.objects);
  CheckState state;
  if (!options.resume.empty()) {
    auto kept = load_check_state(options.resume, subject);
    if (!kept) {
      return std::unexpected(kept.error());
    }
    state = std::move(*kept);
    // What cannot be kept is said before the hours, not after them.
    if (const auto saved = save(state, options.resume, subject); !saved) {
      return fail(Errc::start_failed, saved.error().detail);
    }
  }
  asio::io_context loop;
  asio::thread_pool files(1);
  auto database = open_snapshot(loop.get_executor(), config);
  if (!database) {
    return std::unexpected(database.error());
  }
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  OpenBlobs blobs;
  if (options.objects) {
    auto opened = open_blobs(loop.get_executor(), files, *http, config);
    if (!opened) {
      return std::unexpected(opened.error());
    }
    blobs = std::move(*opened);
  }
  audit::Rules rules;
  rules.kept_for = policy_of(config).retention - kSweptEarlier;
  Progress progress(state, options.resume, subject);
  try {
    const std::string away = options.objects ? why_away(loop, **database, *blobs.store) : "";
    const WalkEnd end = walk(loop, **database, away.empty() ? blobs.store.get() : nullptr, rules, state, progress);
    return report(state, end, away, options);
  } catch (const sql::Outage& outage) {
    progress.keep();
    progress.end();
    return fail(outage.code(), outage.what());
  }
}

}  // namespace aisha::app
