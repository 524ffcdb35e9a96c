// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/run.hpp"

#include <fmt/core.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "tests/fakes/loop.hpp"
#include "tests/sim/world/actors.hpp"
#include "tests/sim/world/checks.hpp"

namespace aisha::sim {
namespace {

constexpr Millis kStride{10'000};
/// Deadline of a generation and then five minutes.
constexpr Millis kPatience{600'000};
constexpr std::int64_t kFirstPerson = 5'000;

/// Runs everything that is ready, then lets time pass, until `end`.
void run_until(Universe& universe, Fleet& fleet, TimePoint end) {
  for (;;) {
    for (bool any = true; any;) {
      universe.io.restart();
      any = universe.io.poll() != 0;
      any = fleet.step() || any;
    }
    const auto next = universe.timers.next();
    if (!next || *next > end) {
      universe.timers.set_now(end);
      return;
    }
    universe.timers.advance([&](Owner owner) { return fleet.frozen_until(owner); });
  }
}

void people_arrive(Universe& universe) {
  for (int i = 0; i < universe.plan().people; ++i) {
    const std::int64_t id = kFirstPerson + i;
    const json::Object user{{"id", id}, {"first_name", "P" + std::to_string(i)}, {"language_code", "ru"}};
    universe.telegram.act("user", user);
    boost::asio::co_spawn(universe.io, live(universe, id), boost::asio::detached);
  }
}

void alter_schema(Universe& universe) {
  if (universe.plan().mutation.charged_anew) {
    fakes::Loop loop;
    sql::Batch batch;
    batch.push_back({sql::Statement("DROP INDEX one_of_each_per_job"), std::nullopt});
    loop.run(universe.db->write(std::move(batch))).value();
  }
  if (universe.plan().mutation.no_one_resolution) {
    fakes::Loop loop;
    sql::Batch batch;
    batch.push_back({sql::Statement("DROP INDEX one_resolution_per_hold"), std::nullopt});
    batch.push_back({sql::Statement("DROP INDEX one_of_each_per_job"), std::nullopt});
    loop.run(universe.db->write(std::move(batch))).value();
  }
}

std::int64_t number(Universe& universe, sql::Text query) {
  fakes::Loop loop;
  return loop.run(universe.db->read(sql::Statement(query)))[0].i64(0);
}

Report report_of(Universe& universe, TimePoint begin) {
  Report out;
  out.seed = universe.plan().seed;
  out.hash = universe.hash;
  out.violations = universe.violations;
  out.jobs = number(universe, "SELECT count(*) FROM generation_requests");
  out.pictures = number(universe, "SELECT count(*) FROM generation_requests WHERE status = 'ready'");
  out.exports = number(universe,
                       "SELECT count(*) FROM data_requests WHERE kind = 'export' AND finished_at IS NOT NULL"
                       " AND error_code IS NULL");
  out.rerolls = number(universe, "SELECT coalesce(sum(rerolls), 0) FROM jobs");
  out.defects = number(universe, "SELECT count(*) FROM generation_requests WHERE error_code = 'result.defect'");
  out.surplus = number(universe, "SELECT count(*) FROM provider_attempt WHERE state = 'surplus'");
  out.ambiguous = number(universe, "SELECT count(*) FROM provider_attempt WHERE state = 'ambiguous'");
  out.crashes = universe.crashes;
  out.zombies = universe.zombies;
  out.virtual_s = (universe.timers.now() - begin).count() / 1000;
  return out;
}

}  // namespace

std::string Report::text() const {
  std::string out = fmt::format(
      "seed {}: {} generations, {} pictures, {} crashes, {} zombies, {} ambiguous, {} surplus, {} s, trace {:016x}",
      seed, jobs, pictures, crashes, zombies, ambiguous, surplus, virtual_s, hash);
  for (const std::string& violation : violations) {
    out += "\n  " + violation;
  }
  return out;
}

Report run(const Plan& plan) {
  Universe universe(plan);
  alter_schema(universe);
  const TimePoint begin = universe.timers.now();
  Fleet fleet(universe);
  fleet.start_all();
  boost::asio::co_spawn(universe.io, run_fal(universe, fleet), boost::asio::detached);
  boost::asio::co_spawn(universe.io, wreak_havoc(universe, fleet), boost::asio::detached);
  people_arrive(universe);
  // Everybody has acted by then.
  const TimePoint calm = begin + Millis(3'000) + Millis(8'000) * plan.actions;
  while (universe.timers.now() < calm && universe.violations.empty()) {
    run_until(universe, fleet, universe.timers.now() + kStride);
    check_always(universe);
  }
  universe.faults_on = false;
  const TimePoint last = universe.timers.now() + kPatience;
  while (universe.violations.empty()) {
    fleet.start_all();
    run_until(universe, fleet, universe.timers.now() + kStride);
    if (is_quiet(universe)) {
      break;
    }
    if (universe.timers.now() > last) {
      universe.violation("I9 not everything has come to its end" + what_is_open(universe));
    }
  }
  check_end(universe);
  return report_of(universe, begin);
}

}  // namespace aisha::sim
