// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "base/metrics.hpp"
#include "base/time.hpp"
#include "domain/job.hpp"

namespace aisha::services {

/// What the services count. Whatever concerns a row is counted once it is durable (`UnitOfWork::when_durable`).
/// docs/operations/observability.md explains each name.
class ServiceMetrics {
 public:
  explicit ServiceMetrics(metrics::Registry& registry);

  void received(std::int64_t fresh, std::int64_t repeated, std::int64_t malformed);
  /// One update left its handler; `age` since it was stored, `took` in the handler.
  void handled(std::string_view kind, std::string_view outcome, Millis age, Millis took);
  void asked(std::int64_t price);
  /// A picture is stored and paid; `took` since the tap.
  void kept(std::int64_t price, std::int64_t bytes, std::int64_t micro_usd, Millis took);
  /// What the provider takes for a result that was no good.
  void spent(std::int64_t micro_usd);
  /// A result that was no good is made anew; `defect` is the text of a domain::Defect.
  void rerolled(std::string_view defect);
  void ended(domain::JobState state, Errc why, std::int64_t price);
  /// A message to Telegram came to `outcome`; `age` since it was written down.
  void told(std::string_view meaning, std::string_view outcome, Millis age);
  /// Lanes of a queue that had waiting rows and no head.
  void lanes_mended(std::int64_t lanes);
  /// A part of a chore threw.
  void chore_failed(std::string_view step);
  /// A last word of the provider that could not be applied is given up.
  void event_poisoned();
  /// Messages that still show a purged picture and are left alone from now on.
  void blanks_given_up(std::int64_t messages);
  /// Objects that no row names.
  void orphans_removed(std::int64_t objects);

  metrics::Registry& registry() { return registry_; }

 private:
  metrics::Registry& registry_;
  metrics::Counter& fresh_;
  metrics::Counter& repeated_;
  metrics::Counter& malformed_;
  metrics::Counter& held_;
  metrics::Counter& captured_;
  metrics::Counter& released_;
  metrics::Counter& pictures_;
  metrics::Counter& bytes_;
  metrics::Counter& spent_;
  metrics::Counter& headless_;
  metrics::Counter& poisoned_;
  metrics::Counter& orphans_;
  metrics::Counter& shown_for_good_;
  metrics::Histogram& age_;
  metrics::Histogram& way_;
};

}  // namespace aisha::services
