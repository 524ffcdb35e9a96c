// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/answers.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace aisha::blobs::s3 {
namespace {

using Known = std::pair<std::string_view, Verdict>;

// Codes of AWS, MinIO and versitygw; one that is not here is judged by its status.
constexpr std::array kCodes = {
    Known{"NoSuchKey", Verdict::absent},
    Known{"RequestTimeTooSkewed", Verdict::clock},
    Known{"NoSuchBucket", Verdict::misconfigured},
    Known{"InvalidAccessKeyId", Verdict::misconfigured},
    Known{"XAdminUserNotFound", Verdict::misconfigured},
    Known{"SignatureDoesNotMatch", Verdict::misconfigured},
    Known{"AccessDenied", Verdict::misconfigured},
    Known{"AllAccessDisabled", Verdict::misconfigured},
    Known{"AccountProblem", Verdict::misconfigured},
    Known{"AuthorizationHeaderMalformed", Verdict::misconfigured},
    Known{"InvalidBucketName", Verdict::misconfigured},
    Known{"PermanentRedirect", Verdict::misconfigured},
    Known{"XMinioStorageFull", Verdict::full},
    Known{"XMinioAdminBucketQuotaExceeded", Verdict::full},
    Known{"QuotaExceeded", Verdict::full},
    Known{"NotImplemented", Verdict::refused},
    // The bytes were damaged on the way.
    Known{"XAmzContentSHA256Mismatch", Verdict::again},
    Known{"XAmzContentChecksumMismatch", Verdict::again},
    Known{"BadDigest", Verdict::again},
    Known{"IncompleteBody", Verdict::again},
    Known{"ClientDisconnected", Verdict::again},
    Known{"RequestTimeout", Verdict::again},
    Known{"OperationAborted", Verdict::again},
};

std::optional<Verdict> known_code(std::string_view code) {
  for (const auto& [name, verdict] : kCodes) {
    if (name == code) {
      return verdict;
    }
  }
  return std::nullopt;
}

Verdict by_status(int status) {
  if (status == 507) {
    return Verdict::full;
  }
  if (status == 501) {
    return Verdict::refused;
  }
  if (status == 408 || status == 429 || status >= 499) {
    return Verdict::again;
  }
  if (status == 404) {
    return Verdict::absent;
  }
  return status == 401 || status == 403 || status / 100 == 3 ? Verdict::misconfigured : Verdict::refused;
}

}  // namespace

std::string_view element(std::string_view xml, std::string_view name) {
  const std::string open = fmt::format("<{}>", name);
  const auto start = xml.find(open);
  if (start == std::string_view::npos) {
    return {};
  }
  const auto end = xml.find(fmt::format("</{}>", name), start);
  return end == std::string_view::npos ? std::string_view{}
                                       : xml.substr(start + open.size(), end - start - open.size());
}

std::vector<std::string> elements(std::string_view xml, std::string_view outer, std::string_view inner) {
  std::vector<std::string> out;
  const std::string open = fmt::format("<{}>", outer);
  for (auto at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at + 1)) {
    out.emplace_back(element(element(xml.substr(at), outer), inner));
  }
  return out;
}

Judgement judge(const Result<http::Response>& answer) {
  if (!answer) {
    return {answer.error().code == Errc::net_too_large ? Verdict::refused : Verdict::again, answer.error().detail};
  }
  if (answer->status / 100 == 2) {
    return {Verdict::good, ""};
  }
  std::string code(element(answer->body, "Code"));
  if (code.empty()) {
    code = answer->header("x-minio-error-code");  // a HEAD has no body
  }
  // Filled up in the middle of a write, MinIO calls it an internal error.
  if (code == "InternalError" && answer->body.contains("no space left")) {
    return {Verdict::full, std::move(code)};
  }
  const Verdict verdict = known_code(code).value_or(by_status(answer->status));
  return {verdict, code.empty() ? fmt::format("status {}", answer->status) : std::move(code)};
}

bool Pause::lets(TimePoint now, Millis pause) {
  if (!closed_) {
    return true;
  }
  if (now < until_) {
    return false;
  }
  until_ = now + pause;
  return true;
}

bool Pause::close(TimePoint now, Millis pause) {
  until_ = now + pause;
  return !std::exchange(closed_, true);
}

bool Pause::open() {
  return std::exchange(closed_, false);
}

}  // namespace aisha::blobs::s3
