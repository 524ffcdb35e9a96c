// SPDX-License-Identifier: Apache-2.0
#include "services/spending/reconciling.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace aisha::services {
namespace {

namespace attempts = stores::attempts;

constexpr std::int64_t kCent = 10'000;
constexpr std::int64_t kListed = 1'000;
/// A bill takes its time: what is younger may not be on it yet.
constexpr Millis kBilledWithin{3'600'000};

}  // namespace

Task<void> Reconciling::take(ReconciledBill& bill, std::vector<providers::BilledRequest> page) {
  stores::UnitOfWork unit(db_, rng_);
  for (providers::BilledRequest& billed : page) {
    ++bill.requests;
    bill.billed += billed.micro_usd;
    auto& model = bill.models[billed.endpoint];
    ++model.requests;
    model.billed += billed.micro_usd;
    const auto ours = co_await attempts::cost_of_request(unit, billed.request_id);
    if (!ours && billed.makes_words) {
      continue;
    }
    if (!ours) {
      bill.unknown.push_back(std::move(billed));
      continue;
    }
    if (std::abs(ours->micro_usd - billed.micro_usd) > kCent) {
      bill.differences.push_back({billed.request_id, ours->micro_usd, billed.micro_usd});
    }
    attempts::set_billed(unit, ours->id, billed.micro_usd);
  }
  co_await unit.commit();
}

Task<Result<ReconciledBill>> Reconciling::run(TimePoint since, TimePoint until) {
  ReconciledBill out;
  std::string after;
  do {
    auto page = co_await billing_.page(since, until, after);
    if (!page) {
      co_return std::unexpected(std::move(page.error()));
    }
    after = std::move(page->next);
    co_await take(out, std::move(page->requests));
  } while (!after.empty());
  stores::UnitOfWork unit(db_, rng_);
  const TimePoint settled = std::min(until, unit.now() - kBilledWithin);
  out.unbilled = co_await attempts::unbilled(unit, since, settled, kListed);
  co_return out;
}

}  // namespace aisha::services
