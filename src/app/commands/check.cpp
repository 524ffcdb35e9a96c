// SPDX-License-Identifier: Apache-2.0
#include "app/commands/check.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <charconv>
#include <cstdio>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/hashing.hpp"
#include "base/rng.hpp"
#include "http/client/client.hpp"
#include "stores/upkeep/audit.hpp"

namespace aisha::app {
namespace {

namespace audit = stores::audit;
namespace asio = boost::asio;

constexpr std::size_t kShown = 10;
constexpr std::int64_t kPage = 500;

using Violations = std::vector<std::string>;

/// The number behind the I, 1 to 13.
std::size_t invariant_of(std::string_view violation) {
  std::size_t number = 0;
  std::from_chars(violation.data() + 1, violation.data() + violation.size(), number);
  return number;
}

Task<void> check_object(blobs::BlobStore& blobs, audit::StoredPicture picture, Violations& found) {
  const auto bytes = co_await blobs.get(blobs::Bucket::generated, picture.object_key);
  if (!bytes) {
    found.push_back(fmt::format("I7 request {}: object {}: {}", picture.id.to_string(), picture.object_key,
                                code_of(bytes.error().code)));
    co_return;
  }
  if (std::ssize(*bytes) != picture.bytes) {
    found.push_back(fmt::format("I7 request {}: object {} has {} bytes, not {}", picture.id.to_string(),
                                picture.object_key, bytes->size(), picture.bytes));
    co_return;
  }
  if (picture.sha256.empty()) {
    co_return;
  }
  const std::string sha256 = co_await sha256_in_pieces(*bytes);
  if (sha256 != picture.sha256) {
    found.push_back(
        fmt::format("I7 request {}: object {} holds other bytes", picture.id.to_string(), picture.object_key));
  }
}

Task<std::size_t> check_objects(stores::UnitOfWork& unit, blobs::BlobStore& blobs, Violations& found) {
  std::size_t seen = 0;
  Uuid last;
  for (;;) {
    const auto page = co_await audit::pictures_after(unit, last, kPage);
    if (page.empty()) {
      co_return seen;
    }
    for (const audit::StoredPicture& picture : page) {
      co_await check_object(blobs, picture, found);
    }
    seen += page.size();
    last = page.back().id;
  }
}

struct Outcome {
  Violations found;
  std::size_t objects = 0;
};

Task<Outcome> look(sql::Database& database, blobs::BlobStore* blobs, audit::Rules rules) {
  Outcome out;
  SystemRng rng;
  stores::UnitOfWork unit(database, rng);
  out.found = co_await audit::violations(unit, rules);
  if (blobs != nullptr) {
    out.objects = co_await check_objects(unit, *blobs, out.found);
  }
  co_return out;
}

void print(const Outcome& outcome, bool objects) {
  std::array<std::size_t, audit::kInvariants.size() + 1> counts{};
  for (const std::string& violation : outcome.found) {
    ++counts.at(invariant_of(violation));
  }
  for (std::size_t i = 1; i < counts.size(); ++i) {
    fmt::print("{} I{:<3} {:>6}  {}\n", counts[i] == 0 ? "ok " : "BAD", i, counts[i], audit::kInvariants[i - 1]);
  }
  if (objects) {
    fmt::print("    {} pictures read and compared with their length and SHA-256\n", outcome.objects);
  }
  for (std::size_t i = 0; i < std::min(kShown, outcome.found.size()); ++i) {
    fmt::print("    {}\n", outcome.found[i]);
  }
  if (outcome.found.size() > kShown) {
    fmt::print("    and {} more\n", outcome.found.size() - kShown);
  }
  fmt::print("{}\n",
             outcome.found.empty() ? "All invariants hold." : fmt::format("{} violations.", outcome.found.size()));
}

}  // namespace

Result<int> check_command(const config::Config& config, bool objects) {
  asio::io_context loop;
  asio::thread_pool files(1);
  auto database = open_snapshot(loop.get_executor(), config);
  if (!database) {
    return std::unexpected(database.error());
  }
  const auto http = http::make_client(loop.get_executor());
  OpenBlobs blobs;
  if (objects) {
    auto opened = open_blobs(loop.get_executor(), files, *http, config);
    if (!opened) {
      return std::unexpected(opened.error());
    }
    blobs = std::move(*opened);
  }
  audit::Rules rules;
  rules.kept_for = policy_of(config).retention;
  try {
    const Outcome outcome = wait_for(loop, look(**database, blobs.store.get(), rules));
    print(outcome, objects);
    return outcome.found.empty() ? 0 : 1;
  } catch (const sql::Outage& outage) {
    return fail(outage.code(), outage.what());
  }
}

}  // namespace aisha::app
