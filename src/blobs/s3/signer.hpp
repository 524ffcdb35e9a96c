// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "http/client/client.hpp"

/// AWS Signature Version 4 for the service "s3". Pure: the time is an argument. Source:
/// docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
namespace aisha::blobs::s3 {

struct Credentials {
  std::string access_key;
  Secret secret_key;
  std::string region = "us-east-1";
};

/// Names and values as they mean, not yet encoded.
using Query = std::vector<std::pair<std::string, std::string>>;

struct SignedPart {
  std::string method;
  std::string host;  ///< as the server sees it, with a port that is not the scheme's own
  std::string path;  ///< not yet encoded
  Query query;
  std::vector<http::Header> headers;  ///< lower-case names, without host
  std::string payload_sha256;         ///< lower-case hex
};

/// The part's headers with x-amz-date, x-amz-content-sha256 and authorization added.
std::vector<http::Header> sign(const Credentials& who, TimePoint now, const SignedPart& part);

struct Link {
  std::string method = "GET";
  std::string base;  ///< "https://host[:port]" as its reader will see it
  std::string path;
  Query query;
  std::chrono::seconds lifetime{0};
};

/// Servers refuse a longer lifetime.
constexpr std::chrono::seconds kLongestLink = std::chrono::days(7);

/// A URL that opens the link without other credentials until `now + lifetime`. Every byte of it is signed.
std::string presign(const Credentials& who, TimePoint now, const Link& link);

/// Percent-encoded with its slashes kept.
std::string encoded_path(std::string_view path);
/// Encoded, then sorted, as it is signed and sent.
std::string encoded_query(const Query& query);

}  // namespace aisha::blobs::s3
