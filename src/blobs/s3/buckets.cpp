// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/buckets.hpp"

#include <fmt/format.h>

#include "base/rng.hpp"
#include "http/common/date.hpp"

namespace aisha::blobs::s3 {
namespace {

constexpr std::string_view kExpiry =
    "<LifecycleConfiguration><Rule><ID>a-day</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter>"
    "<Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";

std::string sentence_for(const std::string& bucket, const Outcome& outcome) {
  if (outcome.judgement.code == "BucketAlreadyExists") {
    return fmt::format("bucket {} belongs to somebody else: choose other names in [s3]", bucket);
  }
  return fmt::format("bucket {}: {}", bucket, outcome.judgement.code);
}

bool is_missing(const Judgement& judgement) {
  return judgement.verdict == Verdict::absent || judgement.code == "NoSuchBucket";
}

/// A HEAD that found nothing has no <Code>: here it can only mean the bucket.
Judgement as_bucket(Judgement judgement) {
  return is_missing(judgement) ? Judgement{Verdict::misconfigured, "NoSuchBucket"} : std::move(judgement);
}

}  // namespace

std::vector<std::string> Buckets::names() const {
  const Options& options = client_.options();
  return {options.generated, options.templates, options.temp};
}

/// A request about the bucket itself; `subresource` "" is its existence.
Task<Outcome> Buckets::about(std::string method, std::string bucket, std::string subresource, std::string body) {
  Call call;
  call.method = std::move(method);
  call.bucket = std::move(bucket);
  if (!subresource.empty()) {
    call.query = {{std::move(subresource), ""}};
  }
  if (!body.empty()) {
    call.headers = {{"content-type", "application/xml"}};
    call.proven = true;
  }
  call.body = std::move(body);
  co_return co_await client_.ask(std::move(call));
}

Task<Result<std::vector<std::string>>> Buckets::missing() {
  std::vector<std::string> out;
  for (const std::string& bucket : names()) {
    const Outcome outcome = co_await about("HEAD", bucket, "", "");
    if (is_missing(outcome.judgement)) {
      out.push_back(bucket);
    } else if (outcome.judgement.verdict != Verdict::good) {
      co_return fail(Errc::start_failed, sentence_for(bucket, outcome));
    }
  }
  co_return out;
}

Task<Result<void>> Buckets::make(std::string bucket) {
  const std::string& region = client_.options().credentials.region;
  // us-east-1 is the region that must not be named.
  std::string body = region == "us-east-1"
                         ? ""
                         : fmt::format(
                               "<CreateBucketConfiguration><LocationConstraint>{}</LocationConstraint>"
                               "</CreateBucketConfiguration>",
                               region);
  const Outcome outcome = co_await about("PUT", bucket, "", std::move(body));
  // Another process may have been faster.
  if (outcome.judgement.verdict == Verdict::good || outcome.judgement.code == "BucketAlreadyOwnedByYou") {
    co_return Result<void>{};
  }
  co_return fail(Errc::start_failed, sentence_for(bucket, outcome));
}

/// What to tell about it. Rights that only suffice for objects are no error: then an operator sets the rule.
Task<std::string> Buckets::let_temp_expire() {
  const std::string& temp = client_.options().temp;
  const Outcome there = co_await about("GET", temp, "lifecycle", "");
  if (there.judgement.verdict == Verdict::good) {
    co_return "";
  }
  std::string rule(kExpiry);
  const Outcome set = co_await about("PUT", temp, "lifecycle", std::move(rule));
  if (set.judgement.verdict == Verdict::good) {
    co_return fmt::format("objects of {} end after a day", temp);
  }
  if (set.judgement.code == "AccessDenied") {
    co_return fmt::format("{}: this key may not see to a rule that ends objects after a day; see that there is one",
                          temp);
  }
  co_return fmt::format("{}: no rule that ends objects after a day could be set ({})", temp, set.judgement.code);
}

Task<Result<std::vector<std::string>>> Buckets::prepare() {
  std::vector<std::string> done;
  const auto absent = co_await missing();
  if (!absent) {
    co_return std::unexpected(absent.error());
  }
  for (const std::string& bucket : *absent) {
    const auto made = co_await make(bucket);
    if (!made) {
      co_return std::unexpected(made.error());
    }
    done.push_back(fmt::format("made bucket {}", bucket));
  }
  std::string told = co_await let_temp_expire();
  if (!told.empty()) {
    done.push_back(std::move(told));
  }
  co_return done;
}

Task<BucketHealth> Buckets::try_bucket(std::string bucket) {
  BucketHealth health;
  health.name = bucket;
  health.step = "find";
  const Outcome found = co_await about("HEAD", bucket, "", "");
  health.judgement = as_bucket(found.judgement);
  if (health.judgement.verdict != Verdict::good) {
    co_return health;
  }
  Call call;
  call.bucket = std::move(bucket);
  SystemRng rng;
  call.key = fmt::format("doctor/{}", rng.hex(16));
  // As the product does it.
  const std::pair<const char*, const char*> steps[] = {
      {"PUT", "write"}, {"HEAD", "look at"}, {"GET", "read"}, {"DELETE", "remove"}};
  for (const auto& [method, step] : steps) {
    call.method = method;
    call.proven = call.method == "PUT" || call.method == "HEAD";
    call.body = call.method == "PUT" ? "written and removed by aisha doctor" : "";
    const Outcome outcome = co_await client_.ask(call);
    health.step = step;
    health.judgement = outcome.judgement;
    if (health.judgement.verdict != Verdict::good) {
      co_return health;
    }
  }
  co_return health;
}

Task<Health> Buckets::inspect() {
  Health health;
  for (const std::string& bucket : names()) {
    BucketHealth tried = co_await try_bucket(bucket);
    health.buckets.push_back(std::move(tried));
  }
  const std::string& temp = client_.options().temp;
  const Outcome expiry = co_await about("GET", temp, "lifecycle", "");
  health.expiry = expiry.judgement;
  if (expiry.answer) {
    if (const auto theirs = http::parse_http_date(expiry.answer->header("date"))) {
      const auto ours = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
      health.clock_is_ahead = ours - *theirs;
    }
  }
  co_return health;
}

}  // namespace aisha::blobs::s3
