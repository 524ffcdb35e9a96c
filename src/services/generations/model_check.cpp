// SPDX-License-Identifier: Apache-2.0
#include "services/generations/model_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/log.hpp"
#include "stores/jobs/model_states.hpp"
#include "stores/upkeep/chores.hpp"

namespace aisha::services {
namespace {

namespace states = stores::model_states;

constexpr std::string_view kName = "models";
constexpr Millis kLease{300'000};
constexpr Millis kPatience = std::chrono::hours(20);  // two looks a day apart, whatever minute they come at
constexpr double kTenth = 0.1;

/// The row's price of that unit; 0 when it has several.
std::int64_t price_of(const catalog::Model& row, const std::string& unit) {
  if (!row.price.tiers.empty() || row.price.first_megapixel > 0) {
    return 0;
  }
  return unit.contains("megapixel") ? row.price.megapixel : row.price.image;
}

bool is_away(std::int64_t listed, std::int64_t ours) {
  return ours > 0 && std::abs(static_cast<double>(listed - ours)) > kTenth * static_cast<double>(ours);
}

std::optional<states::State> state_of(const std::vector<states::State>& all, const std::string& endpoint) {
  const auto found = std::ranges::find(all, endpoint, &states::State::endpoint);
  return found == all.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

Task<void> ModelCheck::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto today = std::chrono::floor<std::chrono::days>(unit.now()).time_since_epoch().count();
  const auto claim = co_await stores::chores::claim(unit, kName, today, kLease);
  if (!claim) {
    co_return;
  }
  const auto looks = co_await look();
  for (const ModelLook& one : looks) {
    if (one.is_dearer) {
      log::warn("the provider lists {} at {}: its row says something else", one.endpoint, one.price);
    }
  }
  stores::UnitOfWork ending(context_.db, context_.rng);
  stores::chores::finish(ending, kName, *claim, today);
  co_await ending.commit();
}

Task<std::vector<ModelLook>> ModelCheck::look() {
  const std::vector<catalog::ModelRef> rows = models_.all();
  std::vector<ModelLook> out;
  for (const catalog::ModelRef& row : rows) {
    out.push_back(co_await look_at(row));
  }
  co_await states_.run();
  co_return out;
}

Task<ModelLook> ModelCheck::look_at(catalog::ModelRef row) {
  ModelLook out;
  out.id = row->id;
  out.endpoint = row->endpoint;
  const auto price = co_await prices_.price_of(row->endpoint);
  if (!price) {
    out.trouble = fmt::format("{} [{}]", price.error().detail, code_of(price.error().code));
    co_return out;
  }
  if (!*price) {
    out.found = ModelLook::Found::missing;
    out.switched = co_await missing(row->endpoint);
    co_return out;
  }
  out.found = ModelLook::Found::listed;
  out.price = fmt::format("{}/{}", (*price)->micro_usd, (*price)->unit);
  out.is_dearer = is_away((*price)->micro_usd, price_of(*row, (*price)->unit));
  out.switched = co_await listed(row->endpoint, out.price);
  co_return out;
}

Task<bool> ModelCheck::missing(std::string endpoint) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto all = co_await states::all(unit);
  const auto state = state_of(all, endpoint);
  if (!state) {
    co_await states::missed(unit, endpoint);
    co_return false;
  }
  const bool is_over = unit.now() - state->seen_at >= kPatience;
  if (!is_over || state->is_off) {
    co_return false;
  }
  co_await states_.gone(std::move(endpoint));
  co_return true;
}

Task<bool> ModelCheck::listed(std::string endpoint, std::string price) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto all = co_await states::all(unit);
  const auto state = state_of(all, endpoint);
  co_await states::saw(unit, endpoint, price);
  if (!state || !state->is_off || state->reason != code_of(Errc::provider_gone)) {
    co_return false;
  }
  const bool first = co_await states::switch_on(unit, endpoint);
  if (first) {
    log::info("the provider has {} again: it is switched on", endpoint);
  }
  co_return first;
}

}  // namespace aisha::services
