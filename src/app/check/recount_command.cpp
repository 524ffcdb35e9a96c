// SPDX-License-Identifier: Apache-2.0
#include "app/check/recount_command.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>

#include "app/engines/blocking.hpp"
#include "app/engines/database_engine.hpp"
#include "base/rng.hpp"
#include "services/upkeep/recounting.hpp"

namespace aisha::app {

Result<std::int64_t> recount_command(const config::Config& config) {
  boost::asio::io_context loop(1);
  metrics::Registry metrics;
  const auto opened = open_database(loop.get_executor(), config, metrics);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  SystemRng rng;
  const auto print = [](std::string_view sentence) { fmt::print("recounted: {}\n", sentence); };
  try {
    return wait_for(loop, services::recount_all(*opened->database, rng, print));
  } catch (const sql::Outage& outage) {
    return fail(outage.code(), fmt::format("{}; run it again: what was mended stays", outage.what()));
  }
}

}  // namespace aisha::app
