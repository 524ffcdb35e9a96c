// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/kept_check.hpp"

#include <charconv>

#include "base/encoding.hpp"
#include "base/log.hpp"

namespace aisha::blobs::s3 {
namespace {

std::string base64_of_hex(std::string_view hex) {
  return encoding::base64(encoding::from_hex(hex).value_or(""));
}

Kept kept_of(const http::Response& answer) {
  const std::string_view length = answer.header("content-length");
  return {std::string(answer.header("etag")), std::string(answer.header("x-amz-checksum-sha256")),
          length.empty() ? std::nullopt : std::optional(number_of(length))};
}

enum class Comparison { same, other, unsure };

/// Not every server gives a checksum back, and with encryption or parts an ETag may be anything.
Comparison compare(const Kept& kept, const Kept& sent) {
  if (kept.bytes && kept.bytes != sent.bytes) {
    return Comparison::other;
  }
  const bool has_checksum = !kept.checksum.empty() && !kept.checksum.contains('-');
  if (has_checksum) {
    return kept.checksum == sent.checksum ? Comparison::same : Comparison::other;
  }
  return kept.bytes && !sent.etag.empty() && kept.etag == sent.etag ? Comparison::same : Comparison::unsure;
}

}  // namespace

std::uint64_t number_of(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Kept kept_of(const Call& putting, std::uint64_t bytes) {
  return {{}, base64_of_hex(putting.body_sha256), bytes};
}

Task<Result<bool>> KeptCheck::is_kept(const Call& putting, Kept sent) {
  const bool is_unproven = !putting.body_file.empty() && client_.proof() != Proof::sha256;
  if (reads_back_ || is_unproven || client_.proof() == Proof::none) {
    co_return co_await is_kept_by_reading(putting);
  }
  Call looking = putting;
  looking.method = "HEAD";
  looking.headers.clear();
  looking.body.clear();
  looking.body_file.clear();
  looking.body_sha256.clear();
  const Sent kept = co_await client_.send_judged(std::move(looking));
  if (kept.answer) {
    const Comparison comparison = compare(kept_of(*kept.answer), sent);
    if (comparison != Comparison::unsure) {
      co_return comparison == Comparison::same;
    }
  } else if (kept.verdict == Verdict::absent) {
    co_return false;
  } else if (kept.verdict != Verdict::refused) {
    co_return std::unexpected(kept.answer.error());
  }
  const auto read = co_await is_kept_by_reading(putting);
  if (read && *read) {
    reads_back_ = true;
    log::warn("S3: this server's HEAD does not tell what it keeps: bytes are read back from now on");
  }
  co_return read;
}

Task<Result<bool>> KeptCheck::is_kept_by_reading(Call putting) {
  Call reading;
  reading.method = "GET";
  reading.bucket = std::move(putting.bucket);
  reading.key = std::move(putting.key);
  const auto sink = std::make_shared<http::DigestSink>();
  if (!putting.body_file.empty()) {
    reading.sink = sink;
  }
  const auto answer = co_await client_.send(std::move(reading));
  if (!answer && answer.error().code != Errc::not_found) {
    co_return std::unexpected(answer.error());
  }
  if (!putting.body_file.empty()) {
    const Digest kept = sink->finish();
    co_return answer&& kept == Digest{putting.file_bytes, putting.body_sha256};
  }
  co_return answer && answer->body == putting.body;
}

}  // namespace aisha::blobs::s3
