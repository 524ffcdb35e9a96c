// SPDX-License-Identifier: Apache-2.0
#include "app/commands/erase.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdio>
#include <sstream>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/cache_engine.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/rng.hpp"
#include "blobs/disk/files.hpp"
#include "http/client/client.hpp"
#include "services/privacy/erasing.hpp"
#include "services/privacy/erasure_markers.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;
namespace data_requests = stores::data_requests;
namespace erasure = stores::erasure;

constexpr Millis kLook{500};
constexpr int kMostLooks = 1'200;  // ten minutes, with a bot beside it
constexpr int kFewLooks = 6;       // with none, which could end what it waits for
constexpr std::size_t kMarkers = 500;

/// What the command works with; in the order in which it is made.
struct Bench {
  Bench(asio::io_context& loop, const config::Config& config, sql::Database& database, OpenBlobs opened_blobs,
        OpenCache opened_cache, http::Client& http)
      : clock(loop.get_executor()),
        policy(policy_of(config)),
        signals(loop.get_executor()),
        figures(metrics),
        blobs(std::move(opened_blobs)),
        cache(std::move(opened_cache)),
        context{database, clock, rng, policy, signals, figures, *cache.cache, *cache.rates},
        payloads(http, platform_options_of(config)),
        marks(config.telegram.token),
        erasing(context, {*blobs.store, payloads, std::chrono::days(config.fal.payload_days), marks}) {}

  SystemClock clock;
  SystemRng rng;
  services::Policy policy;
  services::Signals signals;
  metrics::Registry metrics;
  services::ServiceMetrics figures;
  OpenBlobs blobs;
  OpenCache cache;
  services::Context context;
  providers::fal::FalPlatform payloads;
  services::PersonMarks marks;
  services::Erasing erasing;
};

struct Found {
  Uuid id;
  erasure::Person person;
  erasure::Counts counts;
};

Task<std::optional<Found>> find(sql::Database& database, std::int64_t telegram_id) {
  SystemRng rng;
  stores::UnitOfWork unit(database, rng);
  const auto id = co_await erasure::find_by_telegram_id(unit, telegram_id);
  if (!id) {
    co_return std::nullopt;
  }
  auto person = co_await erasure::find_person(unit, *id);
  const auto counts = co_await erasure::counts_of(unit, *id);
  co_return Found{*id, person.value_or(erasure::Person{}), counts};
}

Task<Result<Uuid>> wish(services::Context context, Found found) {
  stores::UnitOfWork unit(context.db, context.rng);
  data_requests::Wish wish;
  wish.id = unit.new_id();
  wish.user_id = found.id;
  wish.kind = data_requests::Kind::erasing;
  wish.language = domain::text_of(domain::language_for(found.person.language_code));
  wish.step = services::kFirstErasureStep;
  if (!found.person.chats.empty()) {
    wish.chat_id = found.person.chats.front();
  }
  const auto opened = co_await data_requests::open(unit, std::move(wish));
  if (!opened) {
    co_return std::unexpected(opened.error());
  }
  const auto written = co_await unit.commit();
  if (!written) {
    co_return std::unexpected(written.error());
  }
  co_return opened->id;
}

/// One after another, until this one is done; the row it stands at otherwise.
Task<data_requests::Request> erase(Bench& bench, Uuid id, int most_looks) {
  for (int looks = 0;; ++looks) {
    auto steps = co_await bench.erasing.claim(1);
    for (Task<void>& step : steps) {
      co_await std::move(step);
    }
    stores::UnitOfWork unit(bench.context.db, bench.rng);
    auto row = co_await data_requests::find(unit, id);
    if (!row) {
      throw std::logic_error("a wish that is gone");
    }
    if (row->finished_at || looks == most_looks) {
      co_return std::move(*row);
    }
    if (looks == 0) {
      fmt::print("waiting at the step \"{}\"; pictures that are being made are ended by the bot\n", row->progress.step);
      std::fflush(stdout);
    }
    co_await bench.clock.sleep(kLook);
  }
}

void print_receipt(const services::ErasureTally& tally) {
  fmt::print("erased: {} pictures and everything else of this person\n", tally.pictures);
  fmt::print("  messages of the chat that have yet to lose a picture: {}\n", tally.messages);
  fmt::print("  requests whose input and result fal deleted: {}, has for up to {} days: {}\n", tally.provider_removed,
             tally.provider_days, tally.provider_left);
  if (tally.is_shared) {
    fmt::print("  name and avatars stay in the tables of the other bot\n");
  }
  fmt::print("  the records of coins stay under an id that means nobody\n");
}

Task<Result<std::vector<Uuid>>> all_markers(blobs::BlobStore& store) {
  std::vector<Uuid> all;
  for (;;) {
    const Uuid after = all.empty() ? Uuid() : all.back();
    const auto page = co_await services::erasure_markers(store, after, kMarkers);
    if (!page) {
      co_return std::unexpected(page.error());
    }
    all.insert(all.end(), page->begin(), page->end());
    if (page->size() < kMarkers) {
      co_return all;
    }
  }
}

Task<Result<void>> put_markers(blobs::BlobStore& store, std::vector<Uuid> people) {
  for (const Uuid& person : people) {
    auto put = co_await services::put_erasure_marker(store, person);
    if (!put) {
      co_return put;
    }
  }
  co_return Result<void>();
}

Result<std::vector<Uuid>> read_ids(const std::string& path) {
  const auto text = blobs::read_file(path);
  if (!text) {
    return fail(Errc::start_failed, path + " cannot be read");
  }
  std::vector<Uuid> ids;
  std::istringstream lines(*text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto id = Uuid::parse(line);
    if (!id) {
      return fail(Errc::backup_invalid, fmt::format("{}:{}: no id of an erased person", path, number));
    }
    ids.push_back(*id);
  }
  return ids;
}

Result<void> away(const std::string& path, const Error& error) {
  return fail(Errc::start_failed, fmt::format("{}: the store of the pictures: {}", path, error.detail));
}

}  // namespace

Result<int> erase_command(const config::Config& config, const EraseOptions& options) {
  if (config.telegram.token.empty()) {
    return fail(Errc::config_secret, "telegram.token is not set; without it nobody knows an erased person again");
  }
  asio::io_context loop(1);
  asio::thread_pool files(1);
  metrics::Registry metrics;
  const auto opened = open_database(loop.get_executor(), config, metrics);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  sql::Database& database = *opened->database;
  const auto found = wait_for(loop, find(database, options.telegram_id));
  if (!found) {
    return fail(Errc::not_found, fmt::format("nobody here has the Telegram id {}", options.telegram_id));
  }
  fmt::print("{} pictures, {} avatars, {} coins\n", found->counts.pictures, found->counts.avatars, found->counts.coins);
  if (!options.yes) {
    fmt::print("Nothing is deleted yet: say it again with --yes. It cannot be taken back.\n");
    return 0;
  }
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  auto blobs = open_blobs(loop.get_executor(), files, *http, config);
  auto cache = open_cache(loop.get_executor(), config);
  if (!blobs || !cache) {
    return std::unexpected(blobs ? cache.error() : blobs.error());
  }
  Bench bench(loop, config, database, std::move(*blobs), std::move(*cache), *http);
  const auto id = wait_for(loop, wish(bench.context, *found));
  if (!id) {
    return std::unexpected(id.error());
  }
  const bool is_alone = config.database_url.starts_with("sqlite:");
  const auto row = wait_for(loop, erase(bench, *id, is_alone ? kFewLooks : kMostLooks));
  if (!row.finished_at) {
    fmt::print("not done yet: it stands at \"{}\" and goes on while the bot runs\n", row.progress.step);
    return kNotDone;
  }
  print_receipt(services::tally_of(row.progress.tally));
  return 0;
}

Result<void> erasures_command(const config::Config& config, const ErasuresOptions& options) {
  asio::io_context loop(1);
  asio::thread_pool files(1);
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  const auto opened = open_blobs(loop.get_executor(), files, *http, config);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  blobs::BlobStore& store = *opened->store;
  if (!options.apply_from.empty()) {
    const auto ids = read_ids(options.apply_from);
    if (!ids) {
      return std::unexpected(ids.error());
    }
    if (const auto put = wait_for(loop, put_markers(store, *ids)); !put) {
      return away(options.apply_from, put.error());
    }
    fmt::print("{} erasures are known here now; the next start of the bot erases whoever of them its database has\n",
               ids->size());
    return {};
  }
  const auto ids = wait_for(loop, all_markers(store));
  if (!ids) {
    return away(options.export_to, ids.error());
  }
  std::string lines;
  for (const Uuid& id : *ids) {
    lines += id.to_string() + "\n";
  }
  if (auto written = blobs::write_atomically(options.export_to, lines); !written) {
    return fail(Errc::start_failed, options.export_to + " cannot be written");
  }
  fmt::print("{}: {} erasures\n", options.export_to, ids->size());
  return {};
}

}  // namespace aisha::app
