// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "blobs/s3/answers.hpp"
#include "blobs/s3/signer.hpp"
#include "http/client/client.hpp"

namespace aisha::blobs::s3 {

struct Options {
  std::string endpoint;    ///< "https://host[:port]": where the requests go
  std::string public_url;  ///< the same for those who open links; "" = endpoint
  Credentials credentials;
  bool path_style = true;  ///< false: the bucket is the first part of the host
  std::string generated = "aisha-v2-generated";
  std::string templates = "aisha-v2-templates";
  std::string temp = "aisha-v2-temp";
  int tries = 3;            ///< of one request
  Millis retry_first{200};  ///< longest pause before the second try; doubles
  Millis timeout{20'000};   ///< of one try; after so long no further one begins
  Millis pause{5'000};      ///< between two looks whether a faulty setting was mended
};

/// How a server is told what bytes it has to get. Not every one takes the younger ways.
enum class Proof {
  sha256,  ///< x-amz-checksum-sha256
  md5,     ///< Content-MD5
  none,    ///< nothing but the signature; what was kept has to be read back. Of a file instead of md5
};

struct Call {
  std::string method;
  std::string bucket;
  std::string key;  ///< "" = the bucket itself
  Query query;
  std::vector<http::Header> headers;  ///< lower-case names
  std::string body;
  std::string body_file;  ///< the bytes of this file instead of `body`
  std::size_t file_bytes = 0;
  std::string body_sha256;               ///< lower-case hex; "" = not worked out yet (small bodies)
  std::shared_ptr<http::BodySink> sink;  ///< takes the answer's body: an object of any size
  bool proven = false;  ///< its body travels with, a HEAD asks for, the strongest proof that the server takes
};

struct Outcome {
  Judgement judgement;
  Result<http::Response> answer;
};

/// What became of a request on the path of a picture.
struct Sent {
  Verdict verdict;
  Result<http::Response> answer;  ///< errors as of `Client::send`
};

/// Signed requests to one S3 server. Loop thread only.
class Client {
 public:
  Client(Executor loop, http::Client& http, Options options);

  /// With a few jittered tries for what passes by itself, and one more when our clock was off.
  Task<Outcome> ask(Call call);

  /// For the path of a picture. Errors: not_found, disk_full, unavailable. A faulty setting is logged once and refuses
  /// every such call of the bucket for Options::pause; nothing is ever made or mended here.
  Task<Result<http::Response>> send(Call call);
  /// The same with the server's judgement; `again` when nothing was sent.
  Task<Sent> send_judged(Call call);

  /// What the server takes as far as it was asked: a request that it refuses is repeated with the next weaker proof,
  /// and the first that it takes stays.
  Proof proof() const { return proof_; }

  /// A presigned GET under the public address.
  std::string link(std::string_view bucket, std::string_view key, Query query, std::chrono::seconds lifetime) const;

  const Options& options() const { return options_; }

 private:
  struct Place {
    std::string base;
    std::string path;
  };
  Place place_of(const std::string& endpoint, std::string_view bucket, std::string_view key) const;
  http::Request request_for(const Call& call, Proof proof) const;
  void adopt(Proof proof);
  bool follow_their_clock(const http::Response& answer);
  std::optional<Error> judged(Pause& pause, const Judgement& judgement, bool reads, const std::string& what);
  TimePoint now() const { return clock_.now() + offset_; }

  http::Client& http_;
  Options options_;
  SystemClock clock_;
  SystemRng rng_;
  Millis offset_{0};  ///< of the server's clock from ours, once it mattered
  std::map<std::string, Pause> pauses_;
  Proof proof_ = Proof::sha256;
};

}  // namespace aisha::blobs::s3
