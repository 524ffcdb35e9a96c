// SPDX-License-Identifier: Apache-2.0
#include "app/commands/reconcile_command.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <optional>

#include "app/engines/blocking.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/json.hpp"
#include "base/rng.hpp"
#include "domain/own_days.hpp"
#include "http/client/client.hpp"
#include "services/spending/reconciling.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::days kUsual{30};
constexpr std::chrono::days kMost{90};  // of fal's own

std::optional<TimePoint> midnight_of(const std::string& day) {
  const std::int64_t number = domain::day_number(day);
  return number > 0 ? std::optional<TimePoint>(std::chrono::sys_days(std::chrono::days(number))) : std::nullopt;
}

struct Window {
  TimePoint since;
  TimePoint until;
};

Result<Window> window_of(const ReconcileWanted& wanted, TimePoint now) {
  const auto until = wanted.until.empty() ? std::optional(now) : midnight_of(wanted.until);
  if (!until) {
    return fail(Errc::option_out_of_range, fmt::format("--until: \"{}\" is no day such as 2026-11-30", wanted.until));
  }
  const auto since = wanted.since.empty() ? std::optional(*until - kUsual) : midnight_of(wanted.since);
  if (!since) {
    return fail(Errc::option_out_of_range, fmt::format("--since: \"{}\" is no day such as 2026-11-01", wanted.since));
  }
  const TimePoint end = std::min(*until, now);
  if (*since >= end || end - *since > kMost) {
    return fail(Errc::option_out_of_range, "--since is to be before --until and before now, by at most 90 days");
  }
  return Window{*since, end};
}

double usd(std::int64_t micro) {
  return static_cast<double>(micro) / 1e6;
}

json::Object as_json(const services::ReconciledBill& bill, const Window& window) {
  json::Object models;
  for (const auto& [endpoint, model] : bill.models) {
    models[endpoint] = json::Object{{"requests", model.requests}, {"usd", usd(model.billed)}};
  }
  json::Array unknown;
  for (const auto& one : bill.unknown) {
    unknown.push_back(
        json::Object{{"request_id", one.request_id}, {"endpoint", one.endpoint}, {"usd", usd(one.micro_usd)}});
  }
  json::Array unbilled;
  for (const auto& one : bill.unbilled) {
    unbilled.push_back(json::Object{{"request_id", one.request_id}, {"usd", usd(one.micro_usd)}});
  }
  json::Array differences;
  for (const auto& one : bill.differences) {
    differences.push_back(
        json::Object{{"request_id", one.request_id}, {"ours_usd", usd(one.ours)}, {"billed_usd", usd(one.billed)}});
  }
  return {{"since", to_iso8601(window.since)}, {"until", to_iso8601(window.until)},    {"requests", bill.requests},
          {"usd", usd(bill.billed)},           {"models", std::move(models)},          {"unknown", std::move(unknown)},
          {"unbilled", std::move(unbilled)},   {"differences", std::move(differences)}};
}

void print(const services::ReconciledBill& bill, const Window& window) {
  fmt::print("{} to {}: {} requests billed, {:.4f} USD\n", to_iso8601(window.since), to_iso8601(window.until),
             bill.requests, usd(bill.billed));
  for (const auto& [endpoint, model] : bill.models) {
    fmt::print("  {:<44} {:>7} {:>12.4f} USD\n", endpoint, model.requests, usd(model.billed));
  }
  for (const auto& one : bill.unknown) {
    fmt::print("not ours: {} of {}, {:.4f} USD\n", one.request_id, one.endpoint, usd(one.micro_usd));
  }
  for (const auto& one : bill.unbilled) {
    fmt::print("not on the bill: {}, expected {:.4f} USD\n", one.request_id, usd(one.micro_usd));
  }
  for (const auto& one : bill.differences) {
    fmt::print("differs: {}, expected {:.4f} USD, billed {:.4f}\n", one.request_id, usd(one.ours), usd(one.billed));
  }
}

}  // namespace

Result<int> reconcile_fal_command(const config::Config& config, const ReconcileWanted& wanted) {
  if (config.fal.admin_key.empty()) {
    return fail(Errc::provider_auth, "fal.admin_key is needed: fal shows its bill to no other key");
  }
  asio::io_context loop(1);
  metrics::Registry metrics;
  const auto opened = open_database(loop.get_executor(), config, metrics);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  const auto window = window_of(wanted, opened->database->now());
  if (!window) {
    return std::unexpected(window.error());
  }
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  SystemRng rng;
  providers::fal::FalPlatform platform(*http, platform_options_of(config));
  services::Reconciling reconciling(*opened->database, rng, platform);
  const auto bill = wait_for(loop, reconciling.run(window->since, window->until));
  if (!bill) {
    return std::unexpected(bill.error());
  }
  if (wanted.as_json) {
    fmt::print("{}\n", json::serialize(as_json(*bill, *window)));
  } else {
    print(*bill, *window);
  }
  return bill->unknown.empty() ? 0 : 1;
}

}  // namespace aisha::app
