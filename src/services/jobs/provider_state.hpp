// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::services {

/// Nothing else is taken either until the operator acts.
constexpr bool closes_the_provider(Errc code) {
  return code == Errc::provider_auth || code == Errc::provider_balance;
}

/// Whether the provider is closed to us (it refuses key or account), shared by all processes through the database; this
/// is one process's copy, which `run` renews. While closed nothing is asked for or submitted. When that time is over
/// new requests are taken again and one submit at a time, of all processes, finds out; the first one that is accepted
/// opens for everybody. Loop thread only.
class ProviderState final : public Chore {
 public:
  explicit ProviderState(Context context) : context_(context) {}

  /// The reason while nobody knows better; of a probe's time too.
  std::optional<Errc> paused() const { return closed_ ? std::optional(closed_->why) : std::nullopt; }
  /// The reason to refuse a new request: its time is not over yet.
  std::optional<Errc> refuses() const;
  /// When this process may try to win the probe; nothing while open.
  std::optional<TimePoint> probe_at() const;

  /// Wins the probe: this process may submit one job although the provider is closed. To be followed by `opened`,
  /// `refused` or `not_told`, else the probe is free again after `length`. When another process has it the copy is
  /// renewed.
  Task<bool> take_probe(Millis length);
  /// A submit was accepted.
  Task<void> opened();
  /// 401 (`provider_auth`) or a locked account (`provider_balance`): closed for Policy::provider_pause.
  Task<void> refused(Errc why);
  /// The probe's answer said nothing about key or account.
  Task<void> not_told();

  /// Renews the copy. Throws sql::Outage.
  Task<void> run() override;

 private:
  struct Closed {
    Errc why{};
    TimePoint until;
  };
  void learn(std::optional<Closed> closed);

  Context context_;
  std::optional<Closed> closed_;
  TimePoint lost_until_{};  ///< another process asks; no need to look at it all the time
};

}  // namespace aisha::services
