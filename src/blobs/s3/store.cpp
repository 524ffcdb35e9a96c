// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/encoding.hpp"
#include "base/hashing.hpp"
#include "base/log.hpp"
#include "blobs/key.hpp"
#include "blobs/s3/buckets.hpp"
#include "blobs/s3/kept_check.hpp"

namespace aisha::blobs::s3 {
namespace {

constexpr std::size_t kMostRemoved = 1'000;  // of one DeleteObjects
constexpr std::size_t kMostListed = 1'000;   // of one ListObjectsV2
constexpr int kPuts = 2;

/// "bytes 0-0/1234" -> 1234.
std::uint64_t whole_of_range(std::string_view range) {
  const auto slash = range.find('/');
  return slash == std::string_view::npos ? 0 : number_of(range.substr(slash + 1));
}

/// RFC 6266 with RFC 5987: the plain name for old readers, the true one beside it.
std::string attachment(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    const bool safe = c >= ' ' && c <= '~' && c != '"' && c != '\\';
    if (!continues) {
      plain += safe ? c : '_';
    }
  }
  return fmt::format(R"(attachment; filename="{}"; filename*=UTF-8''{})", plain, encoding::percent_encode(name));
}

Call removal_of(const std::string& bucket, std::span<const std::string> keys) {
  std::string body = "<Delete><Quiet>true</Quiet>";
  for (const std::string& key : keys) {
    body += fmt::format("<Object><Key>{}</Key></Object>", key);  // a valid key needs no escaping
  }
  body += "</Delete>";
  Call call;
  call.method = "POST";
  call.bucket = bucket;
  call.query = {{"delete", ""}};
  call.headers = {{"content-type", "application/xml"}};
  call.body = std::move(body);
  call.proven = true;
  return call;
}

Call listing_of(const std::string& bucket, const std::string& prefix, const std::string& after, std::size_t limit) {
  Call call;
  call.method = "GET";
  call.bucket = bucket;
  call.query = {{"list-type", "2"}, {"max-keys", std::to_string(std::min(limit, kMostListed))}};
  if (!prefix.empty()) {
    call.query.emplace_back("prefix", prefix);
  }
  if (!after.empty()) {
    call.query.emplace_back("start-after", after);
  }
  return call;
}

class S3Store final : public Store {
 public:
  S3Store(Executor loop, http::Client& http, Options options)
      : client_(std::move(loop), http, std::move(options)), buckets_(client_) {}

  Task<Result<void>> put(Bucket bucket, std::string key, std::string bytes, std::string content_type) override;
  Task<Result<void>> put_file(Bucket bucket, std::string key, BlobFile file, std::string content_type) override;
  Task<Result<std::string>> get(Bucket bucket, std::string key) override;
  Task<Result<Digest>> digest(Bucket bucket, std::string key) override;
  Task<Result<BlobInfo>> stat(Bucket bucket, std::string key) override;
  Task<Result<std::vector<std::string>>> list(Bucket bucket, std::string prefix, std::string after,
                                              std::size_t limit) override;
  Task<Result<void>> remove(Bucket bucket, std::string key) override;
  Task<std::vector<std::string>> remove_all(Bucket bucket, std::vector<std::string> keys) override;
  std::optional<std::string> presign(Bucket bucket, std::string_view key, Millis lifetime,
                                     std::string_view download_name) const override;

  Task<Result<std::vector<std::string>>> missing() override { return buckets_.missing(); }
  Task<Result<std::vector<std::string>>> prepare() override { return buckets_.prepare(); }
  Task<Health> inspect() override { return buckets_.inspect(); }
  std::string makeshift() const override;

 private:
  Task<Result<void>> put_call(Call putting, std::size_t bytes);
  Task<Result<BlobInfo>> stat_by_reading(Call call);
  Task<std::vector<std::string>> remove_each(Bucket bucket, std::vector<std::string> keys);
  const std::string& name_of(Bucket bucket) const {
    const Options& options = client_.options();
    return bucket == Bucket::generated   ? options.generated
           : bucket == Bucket::templates ? options.templates
                                         : options.temp;
  }
  Result<Call> call_for(std::string method, Bucket bucket, std::string key) const {
    if (!is_valid_key(key)) {
      return fail(Errc::not_found, "not a key: " + key);
    }
    Call call;
    call.method = std::move(method);
    call.bucket = name_of(bucket);
    call.key = std::move(key);
    return call;
  }

  Client client_;
  Buckets buckets_;
  KeptCheck check_{client_};
};

Task<Result<void>> S3Store::put(Bucket bucket, std::string key, std::string bytes, std::string content_type) {
  auto putting = call_for("PUT", bucket, std::move(key));
  if (!putting) {
    co_return std::unexpected(putting.error());
  }
  putting->body_sha256 = co_await sha256_in_pieces(bytes);
  putting->headers = {{"content-type", std::move(content_type)}};
  const std::size_t size = bytes.size();
  putting->body = std::move(bytes);
  co_return co_await put_call(std::move(*putting), size);
}

Task<Result<void>> S3Store::put_file(Bucket bucket, std::string key, BlobFile file, std::string content_type) {
  auto putting = call_for("PUT", bucket, std::move(key));
  if (!putting) {
    co_return std::unexpected(putting.error());
  }
  putting->body_sha256 = std::move(file.digest.sha256);
  putting->headers = {{"content-type", std::move(content_type)}};
  putting->body_file = std::move(file.path);
  putting->file_bytes = file.digest.bytes;
  co_return co_await put_call(std::move(*putting), file.digest.bytes);
}

Task<Result<void>> S3Store::put_call(Call putting, std::size_t bytes) {
  putting.proven = true;
  Kept sent = kept_of(putting, bytes);
  for (int tried = 0; tried < kPuts; ++tried) {
    auto done = co_await client_.send(putting);
    if (!done) {
      co_return std::unexpected(std::move(done.error()));
    }
    sent.etag = done->header("etag");
    auto kept = co_await check_.is_kept(putting, sent);
    if (!kept) {
      co_return std::unexpected(std::move(kept.error()));
    }
    if (*kept) {
      co_return Result<void>{};
    }
    log::warn("S3: {} was not kept as it was sent", putting.key);
  }
  co_return fail(Errc::unavailable, fmt::format("S3: {} is not kept as it is sent", putting.key));
}

std::string S3Store::makeshift() const {
  if (client_.proof() == Proof::none || check_.reads_back()) {
    return "written bytes are read back, as this server takes no checksum or answers HEAD in a way of its own";
  }
  return client_.proof() == Proof::md5 ? "written bytes are proven by Content-MD5, as this server takes no checksum"
                                       : "";
}

Task<Result<std::string>> S3Store::get(Bucket bucket, std::string key) {
  auto call = call_for("GET", bucket, std::move(key));
  if (!call) {
    co_return std::unexpected(call.error());
  }
  auto answer = co_await client_.send(std::move(*call));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  // A body that ends with the connection could have been cut anywhere; curl notices it in every other case.
  if (answer->header("content-length").empty() && answer->header("transfer-encoding").empty()) {
    co_return fail(Errc::unavailable, "S3: an answer of no stated length");
  }
  co_return std::move(answer->body);
}

Task<Result<Digest>> S3Store::digest(Bucket bucket, std::string key) {
  auto call = call_for("GET", bucket, std::move(key));
  if (!call) {
    co_return std::unexpected(call.error());
  }
  const auto sink = std::make_shared<http::DigestSink>();
  call->sink = sink;
  const auto answer = co_await client_.send(std::move(*call));
  if (!answer) {
    co_return std::unexpected(answer.error());
  }
  Digest kept = sink->finish();
  // As in `get`: what states no length could have been cut anywhere.
  if (answer->header("content-length").empty() && answer->header("transfer-encoding").empty()) {
    co_return fail(Errc::unavailable, "S3: an answer of no stated length");
  }
  co_return kept;
}

Task<Result<BlobInfo>> S3Store::stat(Bucket bucket, std::string key) {
  auto call = call_for("HEAD", bucket, std::move(key));
  if (!call) {
    co_return std::unexpected(call.error());
  }
  Sent sent = co_await client_.send_judged(*call);
  auto answer = std::move(sent.answer);
  if (answer && !answer->header("content-length").empty()) {
    co_return BlobInfo{number_of(answer->header("content-length")), std::string(answer->header("content-type"))};
  }
  if (answer || sent.verdict == Verdict::refused) {
    co_return co_await stat_by_reading(std::move(*call));
  }
  if (answer.error().code == Errc::not_found) {
    // A HEAD has no body that would tell a missing object from a missing bucket.
    Call whole;
    whole.method = "HEAD";
    whole.bucket = name_of(bucket);
    const auto there = co_await client_.send(std::move(whole));
    if (!there) {
      co_return fail(Errc::unavailable, there.error().detail);
    }
  }
  co_return std::unexpected(std::move(answer.error()));
}

/// For a server that answers HEAD in a way of its own.
Task<Result<BlobInfo>> S3Store::stat_by_reading(Call call) {
  call.method = "GET";
  call.headers = {{"range", "bytes=0-0"}};
  auto answer = co_await client_.send(std::move(call));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  const std::uint64_t bytes =
      answer->status == 206 ? whole_of_range(answer->header("content-range")) : answer->body.size();
  co_return BlobInfo{bytes, std::string(answer->header("content-type"))};
}

Task<Result<std::vector<std::string>>> S3Store::list(Bucket bucket, std::string prefix, std::string after,
                                                     std::size_t limit) {
  std::vector<std::string> out;
  if (!is_valid_prefix(prefix)) {
    co_return fail(Errc::not_found, "not the beginning of a key: " + prefix);
  }
  Call call = listing_of(name_of(bucket), prefix, after, limit);
  for (bool more = true; more && out.size() < limit;) {
    const auto answer = co_await client_.send(call);
    if (!answer) {
      co_return std::unexpected(answer.error());
    }
    for (std::string& key : elements(answer->body, "Contents", "Key")) {
      // Others are no objects of ours, and may come escaped.
      if (is_valid_key(key) && out.size() < limit) {
        out.push_back(std::move(key));
      }
    }
    more = element(answer->body, "IsTruncated") == "true";
    std::erase_if(call.query, [](const auto& part) { return part.first == "continuation-token"; });
    call.query.emplace_back("continuation-token", element(answer->body, "NextContinuationToken"));
  }
  co_return out;
}

Task<Result<void>> S3Store::remove(Bucket bucket, std::string key) {
  auto call = call_for("DELETE", bucket, std::move(key));
  if (!call) {
    co_return std::unexpected(call.error());
  }
  auto answer = co_await client_.send(std::move(*call));
  if (!answer && answer.error().code != Errc::not_found) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return Result<void>{};
}

Task<std::vector<std::string>> S3Store::remove_all(Bucket bucket, std::vector<std::string> keys) {
  const auto wrong = std::ranges::partition(keys, is_valid_key);
  std::vector<std::string> left(wrong.begin(), wrong.end());
  keys.erase(wrong.begin(), keys.end());
  for (std::size_t at = 0; at < keys.size(); at += kMostRemoved) {
    const auto batch = std::span(keys).subspan(at, std::min(kMostRemoved, keys.size() - at));
    Call call = removal_of(name_of(bucket), batch);
    const Sent sent = co_await client_.send_judged(std::move(call));
    std::vector<std::string> stayed(batch.begin(), batch.end());
    if (sent.answer) {
      stayed = elements(sent.answer->body, "Error", "Key");
    } else if (sent.verdict == Verdict::refused) {
      stayed = co_await remove_each(bucket, std::move(stayed));
    }
    std::ranges::copy(stayed, std::back_inserter(left));
  }
  co_return left;
}

/// For a server that does not know how to remove many at once.
Task<std::vector<std::string>> S3Store::remove_each(Bucket bucket, std::vector<std::string> keys) {
  std::vector<std::string> left;
  for (std::string& key : keys) {
    const auto gone = co_await remove(bucket, key);
    if (!gone) {
      left.push_back(std::move(key));
    }
  }
  co_return left;
}

std::optional<std::string> S3Store::presign(Bucket bucket, std::string_view key, Millis lifetime,
                                            std::string_view download_name) const {
  Query query;
  if (!download_name.empty()) {
    query.emplace_back("response-content-disposition", attachment(download_name));
  }
  return client_.link(name_of(bucket), key, std::move(query),
                      std::chrono::duration_cast<std::chrono::seconds>(lifetime));
}

}  // namespace

std::unique_ptr<Store> make_store(Executor loop, http::Client& http, Options options) {
  return std::make_unique<S3Store>(std::move(loop), http, std::move(options));
}

}  // namespace aisha::blobs::s3
