// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::services {

/// What this process knows about the provider right now: whether it is closed to us, where requests stand in its
/// queue, how long pictures take. Memory only; a restart learns it anew. Loop thread only.
class ProviderState {
 public:
  /// After 401 (`provider_auth`) or a locked account (`provider_balance`): no submit before `until`.
  void pause(Errc why, TimePoint until);
  /// A submit was accepted.
  void resume() { why_.reset(); }
  /// The reason while paused; it stays for the refusal of new requests until a submit succeeds.
  std::optional<Errc> paused() const { return why_; }
  /// Whether a submit may be tried: not paused, or the pause's time is over.
  bool may_try(TimePoint now) const { return !why_ || now >= until_; }

  /// When the pause is over; nothing while not paused.
  std::optional<TimePoint> until() const { return why_ ? std::optional(until_) : std::nullopt; }

  /// Where a generation stands in the provider's queue, as last heard.
  void note_position(const Uuid& id, std::optional<int> ahead);
  std::optional<int> position(const Uuid& id) const;

  /// A finished generation took `took` from the tap to the stored picture.
  void measured(const std::string& model, Millis took);
  /// Median of the last generations with this model, in seconds, at least 1.
  std::optional<int> usual_seconds(const std::string& model) const;

 private:
  std::optional<Errc> why_;
  TimePoint until_{};
  std::map<std::string, std::vector<Millis>> times_;
  std::map<Uuid, int> positions_;
};

}  // namespace aisha::services
