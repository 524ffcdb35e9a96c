// SPDX-License-Identifier: Apache-2.0
#include "web/health/metrics_page.hpp"

namespace aisha::web {

Task<http::ServerResponse> MetricsPage::show(http::ServerRequest) {
  http::ServerResponse response;
  response.content_type = metrics::kContentType;
  response.body = metrics_.text();
  co_return response;
}

}  // namespace aisha::web
