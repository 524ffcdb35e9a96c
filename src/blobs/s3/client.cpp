// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/client.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/backoff.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "http/common/date.hpp"

namespace aisha::blobs::s3 {
namespace {

constexpr Millis kConnectTimeout{2'000};
// A frozen server accepts the connection and is silent: only a stall tells.
constexpr Millis kStallTimeout{10'000};
constexpr std::size_t kLargestObject = 256U << 20U;
// Of what is not kept whole, and what has more time in proportion.
constexpr std::size_t kLargestFile = 5ULL << 30U;
constexpr std::int64_t kUsualBytes = 32LL << 20U;
constexpr Millis kWholeFile{1'800'000};
// Smaller bodies are taken in by a server that refuses them; a larger one is cut off, and the refusal lost with it.
constexpr std::size_t kAskFirst = 64U << 10U;

std::string_view host_of(std::string_view base) {
  return base.substr(base.find("://") + 3);
}

std::string content_md5(std::string_view bytes) {
  std::array<char, 16> digest{};
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_md5(), nullptr);
  return encoding::base64({digest.data(), digest.size()});
}

std::size_t bytes_of(const Call& call) {
  return call.body_file.empty() ? call.body.size() : call.file_bytes;
}

/// What a server that refused a proof is asked to take next.
Proof weaker(const Call& call, Proof proof) {
  const bool has_md5 = call.method != "HEAD" && call.body_file.empty();
  return proof == Proof::sha256 && has_md5 ? Proof::md5 : Proof::none;
}

std::vector<http::Header> proven_headers(const Call& call, Proof proof, const std::string& sha256) {
  std::vector<http::Header> headers = call.headers;
  if (!call.proven || proof == Proof::none) {
    return headers;
  }
  if (call.method == "HEAD") {
    if (proof == Proof::sha256) {
      headers.push_back({"x-amz-checksum-mode", "ENABLED"});
    }
  } else if (proof == Proof::sha256) {
    headers.push_back({"x-amz-checksum-sha256", encoding::base64(encoding::from_hex(sha256).value_or(""))});
  } else if (call.body_file.empty()) {
    headers.push_back({"content-md5", content_md5(call.body)});
  }
  return headers;
}

bool is_reading(const Call& call) {
  return call.method == "GET" || call.method == "HEAD";
}

}  // namespace

Client::Client(Executor loop, http::Client& http, Options options)
    : http_(http), options_(std::move(options)), clock_(std::move(loop)) {}

Client::Place Client::place_of(const std::string& endpoint, std::string_view bucket, std::string_view key) const {
  if (options_.path_style) {
    return {endpoint, key.empty() ? fmt::format("/{}", bucket) : fmt::format("/{}/{}", bucket, key)};
  }
  std::string base = endpoint;
  base.insert(base.find("://") + 3, fmt::format("{}.", bucket));
  return {std::move(base), fmt::format("/{}", key)};
}

http::Request Client::request_for(const Call& call, Proof proof) const {
  const Place place = place_of(options_.endpoint, call.bucket, call.key);
  SignedPart part;
  part.method = call.method;
  part.host = host_of(place.base);
  part.path = place.path;
  part.query = call.query;
  part.payload_sha256 = call.body_sha256.empty() ? encoding::sha256_hex(call.body) : call.body_sha256;
  part.headers = proven_headers(call, proof, part.payload_sha256);
  http::Request request;
  request.method = call.method;
  request.url = place.base + encoded_path(place.path);
  if (!call.query.empty()) {
    request.url += '?' + encoded_query(call.query);
  }
  request.headers = sign(options_.credentials, now(), part);
  request.body = call.body;
  request.body_file = call.body_file;
  request.sink = call.sink;
  request.timeout =
      options_.timeout * std::max<std::int64_t>(static_cast<std::int64_t>(bytes_of(call)), kUsualBytes) / kUsualBytes;
  request.connect_timeout = kConnectTimeout;
  request.stall_timeout = std::min(kStallTimeout, options_.timeout);
  request.max_body = kLargestObject;
  if (call.sink != nullptr) {
    request.timeout = kWholeFile;
    request.max_body = kLargestFile;
  }
  request.repeatable = true;
  request.ask_first = bytes_of(call) > kAskFirst;
  return request;
}

// A server refuses what is signed more than a quarter of an hour off its own clock.
bool Client::follow_their_clock(const http::Response& answer) {
  const auto theirs = http::parse_http_date(answer.header("date"));
  if (!theirs) {
    return false;
  }
  offset_ = *theirs - clock_.now();
  log::warn("S3: this machine's clock is {} s {} the server's; signing by theirs", std::abs(offset_.count()) / 1000,
            offset_.count() > 0 ? "behind" : "ahead of");
  return true;
}

void Client::adopt(Proof proof) {
  proof_ = proof;
  log::warn("S3: the server takes no x-amz-checksum-sha256: bytes are proven by {} from now on",
            proof == Proof::md5 ? "Content-MD5" : "reading them back");
}

Task<Outcome> Client::ask(Call call) {
  const TimePoint last_start = clock_.now() + options_.timeout;
  Millis longest = options_.retry_first;
  bool by_their_clock = false;
  Proof proof = proof_;
  for (int tried = 1;; ++tried) {
    http::Request request = request_for(call, proof);
    auto answer = co_await http_.send(std::move(request));
    Judgement judgement = judge(answer);
    if (judgement.verdict == Verdict::clock && !by_their_clock) {
      by_their_clock = follow_their_clock(*answer);
      if (by_their_clock) {
        continue;
      }
    }
    if (judgement.verdict == Verdict::refused && call.proven && proof != Proof::none) {
      proof = weaker(call, proof);
      continue;
    }
    // A HEAD tells nothing about bodies, a file nothing about MD5.
    const bool tells = call.method != "HEAD" && call.body_file.empty();
    if (judgement.verdict == Verdict::good && proof != proof_ && tells) {
      adopt(proof);
    }
    if (judgement.verdict != Verdict::again || tried >= options_.tries || clock_.now() >= last_start) {
      co_return Outcome{std::move(judgement), std::move(answer)};
    }
    // Retry-After is a constant 60 s in MinIO and meets a wait of the job anyway.
    const Millis pause = jittered(rng_, longest);
    co_await clock_.sleep(pause);
    longest *= 2;
  }
}

Task<Result<http::Response>> Client::send(Call call) {
  Sent sent = co_await send_judged(std::move(call));
  co_return std::move(sent.answer);
}

Task<Sent> Client::send_judged(Call call) {
  const bool reads = is_reading(call);
  const std::string what = fmt::format("{} {}/{}", call.method, call.bucket, call.key);
  Pause& pause = pauses_[call.bucket + (reads ? "" : "+")];
  if (!pause.lets(clock_.now(), options_.pause)) {
    co_return Sent{Verdict::again,
                   fail(Errc::unavailable, fmt::format("S3: {}: waits for the setting to be mended", what))};
  }
  Outcome outcome = co_await ask(std::move(call));
  const Verdict verdict = outcome.judgement.verdict;
  std::optional<Error> error = judged(pause, outcome.judgement, reads, what);
  if (error) {
    co_return Sent{verdict, std::unexpected(std::move(*error))};
  }
  co_return Sent{verdict, std::move(outcome.answer)};
}

std::optional<Error> Client::judged(Pause& pause, const Judgement& judgement, bool reads, const std::string& what) {
  const Verdict verdict = judgement.verdict;
  std::string detail = fmt::format("S3: {}: {}", what, judgement.code);
  if (verdict == Verdict::misconfigured) {
    // Without the right to list a bucket AWS denies access to what is not there: no reason to stop reading the rest.
    const bool maybe_absent = reads && judgement.code == "AccessDenied";
    if (!maybe_absent && pause.close(clock_.now(), options_.pause)) {
      log::error("{}: this waits until it is mended; `aisha doctor` says how", detail);
    }
    return Error{Errc::unavailable, std::move(detail)};
  }
  // A HEAD without a code may have missed the bucket as well as the object.
  const bool let_in = verdict != Verdict::again && (verdict != Verdict::absent || judgement.code == "NoSuchKey");
  if (let_in && pause.open()) {
    log::info("S3: {}: mended", what);
  }
  switch (verdict) {
    case Verdict::good: return std::nullopt;
    case Verdict::absent: return Error{Errc::not_found, std::move(detail)};
    case Verdict::full: return Error{Errc::disk_full, std::move(detail)};
    default: return Error{Errc::unavailable, std::move(detail)};
  }
}

std::string Client::link(std::string_view bucket, std::string_view key, Query query,
                         std::chrono::seconds lifetime) const {
  const Place place = place_of(options_.public_url.empty() ? options_.endpoint : options_.public_url, bucket, key);
  Link link;
  link.base = place.base;
  link.path = place.path;
  link.query = std::move(query);
  link.lifetime = std::clamp(lifetime, std::chrono::seconds(1), kLongestLink);
  return presign(options_.credentials, now(), link);
}

}  // namespace aisha::blobs::s3
