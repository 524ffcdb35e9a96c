// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"

namespace aisha::services {

/// Whether the provider is closed to us right now. Memory only; a restart learns it anew. Loop thread only.
class ProviderState {
 public:
  /// After 401 (`provider_auth`) or a locked account (`provider_balance`): no submit before `until`.
  void pause(Errc why, TimePoint until) {
    why_ = why;
    until_ = until;
  }
  /// A submit was accepted.
  void resume() { why_.reset(); }
  /// The reason while paused; it stays for the refusal of new requests until a submit succeeds.
  std::optional<Errc> paused() const { return why_; }
  /// Whether a submit may be tried: not paused, or the pause's time is over.
  bool may_try(TimePoint now) const { return !why_ || now >= until_; }
  /// When the pause is over; nothing while not paused.
  std::optional<TimePoint> until() const { return why_ ? std::optional(until_) : std::nullopt; }

 private:
  std::optional<Errc> why_;
  TimePoint until_{};
};

}  // namespace aisha::services
