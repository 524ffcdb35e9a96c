// SPDX-License-Identifier: Apache-2.0
#include "app/commands/appeals_command.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>

#include "app/engines/blocking.hpp"
#include "app/engines/database_engine.hpp"
#include "base/rng.hpp"
#include "services/prompts/appealing.hpp"
#include "stores/people/appeals.hpp"

namespace aisha::app {
namespace {

constexpr std::int64_t kMost = 1'000;

/// On one line, whatever was typed.
std::string on_one_line(std::string text) {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) {
    text[at] = ' ';
  }
  return text;
}

Task<Result<void>> decide(stores::UnitOfWork& unit, Uuid id, bool is_allowed) {
  auto decided = co_await services::decide_appeal(unit, id, is_allowed);
  if (!decided) {
    co_return decided;
  }
  co_return co_await unit.commit();
}

Result<void> list(const config::Config& config) {
  boost::asio::io_context loop(1);
  auto database = open_snapshot(loop.get_executor(), config);
  if (!database) {
    return std::unexpected(database.error());
  }
  SystemRng rng;
  stores::UnitOfWork unit(**database, rng);
  const auto open = wait_for(loop, stores::appeals::open(unit, kMost));
  for (const stores::appeals::Appeal& appeal : open) {
    fmt::print("{}  {}  {}\n    {}\n", appeal.id.to_string(), to_iso8601(appeal.created_at), appeal.category,
               on_one_line(appeal.prompt));
  }
  fmt::print("{} open\n", open.size());
  return {};
}

Result<void> answer(const config::Config& config, const std::string& id, bool is_allowed) {
  const auto appeal = Uuid::parse(id);
  if (!appeal) {
    return fail(Errc::not_found, fmt::format("\"{}\" is no id of an appeal", id));
  }
  boost::asio::io_context loop(1);
  metrics::Registry metrics;
  const auto opened = open_database(loop.get_executor(), config, metrics);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  SystemRng rng;
  stores::UnitOfWork unit(*opened->database, rng);
  auto answered = wait_for(loop, decide(unit, *appeal, is_allowed));
  if (!answered) {
    const std::string why = answered.error().detail;
    return fail(answered.error().code, fmt::format("{}: {}", id, why.empty() ? "answered meanwhile" : why));
  }
  fmt::print("{}; its person is told by the bot\n", is_allowed ? "allowed for everybody" : "rejected");
  return {};
}

}  // namespace

Result<void> appeals_command(const config::Config& config, const std::string& word, const std::string& id) {
  return word == "list" ? list(config) : answer(config, id, word == "allow");
}

}  // namespace aisha::app
