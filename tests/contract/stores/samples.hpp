// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "domain/job.hpp"
#include "domain/picture.hpp"
#include "domain/user.hpp"
#include "stores/jobs/provider_events.hpp"

/// What the provider says and what comes of it, as the stores' tests write it.
namespace aisha::testing {

using domain::Job;

inline stores::provider_events::Event success(const std::string& token) {
  return {"req-" + token, token, true, R"({"images":[1]})", Errc::provider_failed, false};
}

inline domain::PictureObject object(const Job& job) {
  domain::PictureObject o;
  o.bucket = "aisha-v2-generated";
  o.key = domain::object_key(job.created_at, job.id, "jpg");
  o.width = 1536;
  o.height = 2048;
  o.bytes = 1000;
  o.sha256 = std::string(64, 'a');
  o.content_type = "image/jpeg";
  return o;
}

/// Coins by the kind of account; zeros without accounts.
struct Balance {
  std::int64_t available, held, debt;
};
inline sql::Statement balance_of(const domain::User& user, const char* kind) {
  return sql::Statement("SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE user_id = $1 AND kind = $2",
                        user.id, kind);
}

}  // namespace aisha::testing
