// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Whether a provider is closed to us (it refuses key or account), for all processes. A closed state ends by itself:
/// from `until` on whoever wins the probe may ask the provider again. Everything here is durable at once.
namespace aisha::stores::provider_states {

struct Closed {
  Errc why{};
  TimePoint until;
};

/// Nothing: it is open.
Task<std::optional<Closed>> find(UnitOfWork& unit, std::string_view provider);
/// Closes it until then, or goes on keeping it closed; nobody probes any more.
Task<void> close(UnitOfWork& unit, std::string_view provider, Closed closed);
/// It took something. False: it was open already.
Task<bool> open(UnitOfWork& unit, std::string_view provider);
/// Wins the right to ask, for `length`: the time of closing is over and nobody else is asking.
Task<bool> take_probe(UnitOfWork& unit, std::string_view provider, Millis length);
/// The probe told nothing: the next one may begin at once.
Task<void> leave_probe(UnitOfWork& unit, std::string_view provider);

}  // namespace aisha::stores::provider_states
