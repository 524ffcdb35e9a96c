// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// `model_states`: which endpoints are switched off, for all processes, and what the provider's price list said of them
/// last. An endpoint without a row is on. Everything here is durable at once.
namespace aisha::stores::model_states {

struct State {
  std::string endpoint;
  bool is_off = false;
  std::string reason;                      ///< why it is off
  std::string price_seen;                  ///< "35000/megapixels": millionths of a dollar a unit; "" = never listed
  TimePoint changed_at;                    ///< when it was switched last
  std::optional<TimePoint> seen_at;        ///< when the price list had it last
  std::optional<TimePoint> missing_since;  ///< the first of the looks in a row that did not find it
};
/// By endpoint.
Task<std::vector<State>> all(UnitOfWork& unit);

/// False: it was off already, and its first reason stays.
Task<bool> switch_off(UnitOfWork& unit, std::string_view endpoint, std::string_view reason);
/// False: it was on already.
Task<bool> switch_on(UnitOfWork& unit, std::string_view endpoint);
/// The price list has it, at this price.
Task<void> saw(UnitOfWork& unit, std::string_view endpoint, std::string_view price);
/// The price list does not have it.
Task<void> missed(UnitOfWork& unit, std::string_view endpoint);

}  // namespace aisha::stores::model_states
