// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/job_kind.hpp"

#include <algorithm>

namespace aisha::services {

JobKind* JobKinds::find(domain::JobKindName name) const {
  const auto found = std::ranges::find(all_, name, &JobKind::name);
  return found == all_.end() ? nullptr : *found;
}

}  // namespace aisha::services
