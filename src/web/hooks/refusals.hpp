// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/error.hpp"
#include "base/metrics.hpp"

namespace aisha::web {

/// What the hooks turned away, by stable code: `aisha_http_refused_total`. Anyone may call as often as they like, so
/// only the 1st, 2nd, 4th, 8th, ... of a code is a line of the log.
class Refusals {
 public:
  explicit Refusals(metrics::Registry& metrics) : metrics_(metrics) {}

  void note(Errc code);
  std::uint64_t of(Errc code) const { return static_cast<std::uint64_t>(counter(code).value()); }

 private:
  metrics::Counter& counter(Errc code) const;

  metrics::Registry& metrics_;
};

}  // namespace aisha::web
