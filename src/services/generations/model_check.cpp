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
    out.push_back(co_await ask(row));
  }
  // A list that has none of them is no word on any: its address or its form has changed.
  const bool is_a_list =
      std::ranges::any_of(out, [](const ModelLook& one) { return one.found == ModelLook::Found::listed; });
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto before = co_await states::all(unit);
  for (ModelLook& one : out) {
    const auto found = std::ranges::find(before, one.endpoint, &states::State::endpoint);
    const states::State state = found == before.end() ? states::State{} : *found;
    if (one.found == ModelLook::Found::listed) {
      one.switched = co_await listed(one, state);
    } else if (one.found == ModelLook::Found::missing && is_a_list) {
      one.switched = co_await missing(one.endpoint, state);
    }
  }
  co_await switch_.run();
  co_return out;
}

Task<ModelLook> ModelCheck::ask(catalog::ModelRef row) {
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
    co_return out;
  }
  out.found = ModelLook::Found::listed;
  out.price = fmt::format("{}/{}", (*price)->micro_usd, (*price)->unit);
  out.is_dearer = is_away((*price)->micro_usd, price_of(*row, (*price)->unit));
  co_return out;
}

Task<bool> ModelCheck::missing(std::string endpoint, stores::model_states::State before) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_await states::missed(unit, endpoint);
  const bool is_over = before.missing_since && unit.now() - *before.missing_since >= kPatience;
  if (!is_over || before.is_off) {
    co_return false;
  }
  co_await switch_.gone(std::move(endpoint));
  co_return true;
}

Task<bool> ModelCheck::listed(ModelLook look, stores::model_states::State before) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_await states::saw(unit, look.endpoint, look.price);
  if (!before.is_off || before.reason != code_of(Errc::provider_gone)) {
    co_return false;
  }
  const bool first = co_await states::switch_on(unit, look.endpoint);
  if (first) {
    log::info("the provider has {} again: it is switched on", look.endpoint);
  }
  co_return first;
}

}  // namespace aisha::services
