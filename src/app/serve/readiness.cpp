// SPDX-License-Identifier: Apache-2.0
#include "app/serve/readiness.hpp"

#include "stores/queue/outbox_rows.hpp"

namespace aisha::app {
namespace {

constexpr Millis kKept{2'000};

web::Dependency seen(std::string name, bool well, std::string detail) {
  return {std::move(name), well, std::move(detail), false};
}

}  // namespace

Task<std::vector<web::Dependency>> CoreReadiness::look() {
  const TimePoint now = core_.clients.clock.now();
  if (seen_.empty() || now >= seen_at_ + kKept) {
    std::vector<web::Dependency> found;
    found.push_back(co_await database());
    found.push_back(co_await blobs());
    found.push_back(telegram());
    if (const auto hearing = updates_.hearing()) {
      web::Dependency updates = seen("updates", hearing->well, hearing->detail);
      updates.needed = true;
      found.push_back(std::move(updates));
    }
    found.push_back(fal());
    if (core_.catalogue_watch) {
      found.push_back(catalogue());
    }
    seen_ = std::move(found);
    seen_at_ = now;
  }
  co_return seen_;
}

Task<web::Dependency> CoreReadiness::database() {
  web::Dependency out = seen("database", false, "");
  out.needed = true;
  try {
    stores::UnitOfWork unit(core_.context.db, core_.context.rng);
    const auto due = co_await stores::outbox::next_due(unit);
    out.well = true;
    out.detail = due ? "answers; something is to be told" : "answers";
  } catch (const sql::Outage& outage) {
    out.detail = std::string(code_of(outage.code()));
  }
  co_return out;
}

/// A key that nobody writes: its absence is an answer.
Task<web::Dependency> CoreReadiness::blobs() {
  std::string key = "ready";
  const auto found = co_await core_.clients.blobs.stat(blobs::Bucket::generated, std::move(key));
  const bool well = found || found.error().code == Errc::not_found;
  co_return seen("pictures", well, well ? "answers" : std::string(code_of(found.error().code)));
}

web::Dependency CoreReadiness::telegram() const {
  const auto trouble = core_.telegram.trouble();
  return seen("telegram", !trouble, trouble ? std::string(code_of(*trouble)) : "answers as far as this process asked");
}

web::Dependency CoreReadiness::fal() const {
  const auto paused = core_.provider_state.paused();
  return seen("fal", !paused, paused ? std::string(code_of(*paused)) : "takes requests as far as anybody knows");
}

web::Dependency CoreReadiness::catalogue() const {
  const auto trouble = core_.catalogue_watch->trouble();
  return seen("catalogue", !trouble, trouble ? "the one before stays in force: " + *trouble : "as its files are");
}

}  // namespace aisha::app
