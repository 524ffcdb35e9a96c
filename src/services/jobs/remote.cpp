// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/remote.hpp"

namespace aisha::services {

providers::RemoteJob remote_of(const domain::Job& job) {
  providers::RemoteJob out;
  out.endpoint = job.model;
  out.request_id = job.request_id;
  out.response_url = job.handle;
  return out;
}

}  // namespace aisha::services
