// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/metrics.hpp"
#include "http/server/router.hpp"

namespace aisha::web {

/// /metrics: this process's figures for Prometheus.
class MetricsPage {
 public:
  explicit MetricsPage(const metrics::Registry& metrics) : metrics_(metrics) {}

  Task<http::ServerResponse> show(http::ServerRequest request);

 private:
  const metrics::Registry& metrics_;
};

}  // namespace aisha::web
