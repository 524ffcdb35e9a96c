// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/signer.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/encoding.hpp"

namespace aisha::blobs::s3 {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

/// "20130524T000000Z"
std::string stamp_of(TimePoint now) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(epoch_ms(now) / 1000));
}

std::string scope_of(const Credentials& who, std::string_view stamp) {
  return fmt::format("{}/{}/s3/aws4_request", stamp.substr(0, 8), who.region);
}

std::string keyed(std::string_view key, std::string_view message) {
  const auto digest = encoding::hmac_sha256(key, message);
  return {digest.begin(), digest.end()};
}

std::string signature_of(const Credentials& who, std::string_view stamp, std::string_view canonical) {
  std::string key = keyed("AWS4" + who.secret_key.reveal(), stamp.substr(0, 8));
  for (const std::string_view step :
       {std::string_view(who.region), std::string_view("s3"), std::string_view("aws4_request")}) {
    key = keyed(key, step);
  }
  return encoding::hex(keyed(
      key, fmt::format("{}\n{}\n{}\n{}", kAlgorithm, stamp, scope_of(who, stamp), encoding::sha256_hex(canonical))));
}

/// Outer blanks off, runs of blanks to one: the form that is signed.
std::string folded(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) {
      out += c;
    }
  }
  if (out.ends_with(' ')) {
    out.pop_back();
  }
  return out;
}

struct CanonicalHeaders {
  std::string lines;
  std::string names;
};

CanonicalHeaders canonical_headers(std::vector<http::Header> headers) {
  std::ranges::sort(headers, {}, &http::Header::name);
  CanonicalHeaders out;
  for (const http::Header& header : headers) {
    out.lines += fmt::format("{}:{}\n", header.name, folded(header.value));
    out.names += (out.names.empty() ? "" : ";") + header.name;
  }
  return out;
}

}  // namespace

std::string encoded_path(std::string_view path) {
  std::string out;
  while (true) {
    const auto slash = path.find('/');
    out += encoding::percent_encode(path.substr(0, slash));
    if (slash == std::string_view::npos) {
      return out;
    }
    out += '/';
    path.remove_prefix(slash + 1);
  }
}

std::string encoded_query(const Query& query) {
  Query encoded;
  std::ranges::transform(query, std::back_inserter(encoded), [](const auto& item) {
    return std::pair(encoding::percent_encode(item.first), encoding::percent_encode(item.second));
  });
  std::ranges::sort(encoded);
  std::string out;
  for (const auto& [name, value] : encoded) {
    out += fmt::format("{}{}={}", out.empty() ? "" : "&", name, value);
  }
  return out;
}

std::vector<http::Header> sign(const Credentials& who, TimePoint now, const SignedPart& part) {
  const std::string stamp = stamp_of(now);
  std::vector<http::Header> headers = part.headers;
  headers.push_back({"x-amz-content-sha256", part.payload_sha256});
  headers.push_back({"x-amz-date", stamp});
  std::vector<http::Header> covered = headers;
  covered.push_back({"host", part.host});
  const CanonicalHeaders canonical = canonical_headers(std::move(covered));
  const std::string request =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}", part.method, encoded_path(part.path), encoded_query(part.query),
                  canonical.lines, canonical.names, part.payload_sha256);
  headers.push_back(
      {"authorization", fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm, who.access_key,
                                    scope_of(who, stamp), canonical.names, signature_of(who, stamp, request))});
  return headers;
}

std::string presign(const Credentials& who, TimePoint now, const Link& link) {
  const std::string stamp = stamp_of(now);
  Query query = link.query;
  query.insert(query.end(), {{"X-Amz-Algorithm", std::string(kAlgorithm)},
                             {"X-Amz-Credential", fmt::format("{}/{}", who.access_key, scope_of(who, stamp))},
                             {"X-Amz-Date", stamp},
                             {"X-Amz-Expires", std::to_string(link.lifetime.count())},
                             {"X-Amz-SignedHeaders", "host"}});
  const std::string path = encoded_path(link.path);
  const std::string parameters = encoded_query(query);
  const std::string_view host = std::string_view(link.base).substr(link.base.find("://") + 3);
  const std::string request =
      fmt::format("{}\n{}\n{}\nhost:{}\n\nhost\nUNSIGNED-PAYLOAD", link.method, path, parameters, host);
  return fmt::format("{}{}?{}&X-Amz-Signature={}", link.base, path, parameters, signature_of(who, stamp, request));
}

}  // namespace aisha::blobs::s3
