// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/s3/client.hpp"
#include "blobs/s3/store.hpp"

namespace aisha::blobs::s3 {

/// What is done with whole buckets, never on the way of a picture; contracts at `Store`.
class Buckets {
 public:
  explicit Buckets(Client& client) : client_(client) {}

  Task<Result<std::vector<std::string>>> missing();
  Task<Result<std::vector<std::string>>> prepare();
  Task<Health> inspect();

 private:
  Task<Outcome> about(std::string method, std::string bucket, std::string subresource, std::string body);
  Task<Result<void>> make(std::string bucket);
  Task<std::string> let_temp_expire();
  Task<BucketHealth> try_bucket(std::string bucket);
  std::vector<std::string> names() const;

  Client& client_;
};

}  // namespace aisha::blobs::s3
