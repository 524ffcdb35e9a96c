// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/refusals.hpp"

#include <bit>
#include <string>

#include "base/log.hpp"

namespace aisha::web {

void Refusals::note(Errc code) {
  metrics::Counter& refused = counter(code);
  refused.add();
  if (std::has_single_bit(of(code))) {
    log::warn("turned away: {}, {} so far", code_of(code), of(code));
  }
}

metrics::Counter& Refusals::counter(Errc code) const {
  return metrics_.counter("aisha_http_refused_total", "Calls that were turned away, by code",
                          {{"code", std::string(code_of(code))}});
}

}  // namespace aisha::web
