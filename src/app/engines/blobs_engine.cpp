// SPDX-License-Identifier: Apache-2.0
#include "app/engines/blobs_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>

#include "app/engines/blocking.hpp"
#include "app/engines/engines.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/rng.hpp"
#include "blobs/disk/disk_store.hpp"
#include "blobs/s3/store.hpp"
#include "http/client/client.hpp"

namespace aisha::app {
namespace {

namespace s3 = blobs::s3;

constexpr Millis kBrief{3'000};

bool is_folder(const config::Config& config) {
  return config.blobs_url.starts_with("dir:");
}

s3::Options s3_options(const config::Config& config) {
  const config::S3& from = config.s3;
  s3::Options options;
  const std::string_view scheme = config.blobs_url.starts_with("s3://") ? "https" : "http";
  options.endpoint = fmt::format("{}:{}", scheme, after_scheme(config.blobs_url));
  options.public_url = from.public_url;
  options.credentials = {from.access_key, from.secret_key, from.region};
  options.timeout = config.timing.storage_timeout;
  options.pause = std::min(options.pause, config.timing.retry_slowest);
  options.path_style = from.path_style;
  options.generated = from.bucket_generated;
  options.templates = from.bucket_templates;
  options.temp = from.bucket_temp;
  return options;
}

Result<OpenBlobs> open_folder(Executor loop, boost::asio::thread_pool& files, const config::Config& config) {
  blobs::DiskOptions options;
  options.root = after_scheme(config.blobs_url);
  auto store = blobs::make_disk_store(std::move(loop), files, std::move(options));
  if (!store) {
    return std::unexpected(store.error());
  }
  return OpenBlobs{std::move(*store), nullptr};
}

OpenBlobs open_s3(Executor loop, http::Client& http, s3::Options options) {
  auto store = s3::make_store(std::move(loop), http, std::move(options));
  s3::Store* s3 = store.get();
  return {std::move(store), s3};
}

std::string advice_for(const s3::Judgement& judgement) {
  const std::string& code = judgement.code;
  if (code == "NoSuchBucket") {
    return "if there were pictures, look whether the server's drive is mounted; else run `aisha migrate`";
  }
  if (code == "AccessDenied") {
    return "give this key s3:ListBucket on the bucket and s3:GetObject, s3:PutObject, s3:DeleteObject in it; if it has "
           "them, look whether the server's drive is read-only";
  }
  switch (judgement.verdict) {
    case s3::Verdict::misconfigured: return "check [s3] access_key, secret_key, region and [blobs] url";
    case s3::Verdict::full: return "free space on the server";
    case s3::Verdict::clock: return "set the clocks, e.g. with chrony";
    case s3::Verdict::again: return "look whether the server runs and [blobs] url is right";
    default: return "look at the server's log";
  }
}

Finding about_bucket(const s3::BucketHealth& bucket) {
  if (bucket.judgement.verdict == s3::Verdict::good) {
    return good("pictures", bucket.name + ": written, read and removed");
  }
  return bad("pictures", fmt::format("{}: cannot {} ({})", bucket.name, bucket.step, bucket.judgement.code),
             advice_for(bucket.judgement));
}

/// A small picture, put, looked at, read and removed by the very way that pictures go.
Task<Result<void>> try_a_picture(s3::Store& store) {
  SystemRng rng;
  const std::string key = "doctor/" + rng.hex(16);
  const std::string bytes = rng.hex(512);
  auto done = co_await store.put(blobs::Bucket::generated, key, bytes, "application/octet-stream");
  if (done) {
    const auto seen = co_await store.stat(blobs::Bucket::generated, key);
    const auto read = co_await store.get(blobs::Bucket::generated, key);
    if (!seen || seen->bytes != bytes.size()) {
      done = fail(Errc::unavailable, seen ? "its size is told wrongly" : seen.error().detail);
    } else if (!read || *read != bytes) {
      done = fail(Errc::unavailable, read ? "other bytes are read than were written" : read.error().detail);
    }
  }
  const auto gone = co_await store.remove(blobs::Bucket::generated, key);
  co_return done ? gone : done;
}

Findings check_s3(const config::Config& config) {
  boost::asio::io_context loop;
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  s3::Options options = s3_options(config);
  options.tries = 1;
  const auto store = s3::make_store(loop.get_executor(), *http, std::move(options));
  const s3::Health health = wait_for(loop, store->inspect());
  Findings findings;
  for (const s3::BucketHealth& bucket : health.buckets) {
    findings.push_back(about_bucket(bucket));
    if (bucket.judgement.verdict == s3::Verdict::again) {
      return findings;  // the server is away: the rest would say the same
    }
  }
  const auto tried = wait_for(loop, try_a_picture(*store));
  if (!tried) {
    findings.push_back(bad("pictures", "a picture cannot be kept: " + tried.error().detail,
                           "look at the server's log for that request; Aisha needs PUT, HEAD, GET and DELETE"));
  } else if (const std::string makeshift = store->makeshift(); !makeshift.empty()) {
    findings.push_back(good("pictures", makeshift));
  }
  if (health.clock_is_ahead) {
    findings.push_back(compare_clocks("the S3 server", std::chrono::system_clock::now() - *health.clock_is_ahead));
  }
  if (health.expiry.code == "NoSuchLifecycleConfiguration") {
    findings.push_back(bad("pictures", config.s3.bucket_temp + ": nothing ends its objects",
                           "run `aisha migrate`, or set a rule that ends them after a day on the server"));
  }
  return findings;
}

}  // namespace

Result<OpenBlobs> open_blobs(Executor loop, boost::asio::thread_pool& files, http::Client& http,
                             const config::Config& config) {
  if (is_folder(config)) {
    return open_folder(std::move(loop), files, config);
  }
  return open_s3(std::move(loop), http, s3_options(config));
}

Result<OpenBlobs> open_blobs_briefly(Executor loop, boost::asio::thread_pool& files, http::Client& http,
                                     const config::Config& config) {
  if (is_folder(config)) {
    return open_folder(std::move(loop), files, config);
  }
  s3::Options options = s3_options(config);
  options.tries = 1;
  options.timeout = std::min(options.timeout, kBrief);
  return open_s3(std::move(loop), http, std::move(options));
}

Findings check_blobs(const config::Config& config) {
  return is_folder(config) ? Findings{check_folder("pictures", after_scheme(config.blobs_url))} : check_s3(config);
}

}  // namespace aisha::app
