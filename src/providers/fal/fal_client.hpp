// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "http/client/client.hpp"
#include "providers/fal/fal_options.hpp"
#include "providers/image_generator.hpp"

namespace aisha::providers::fal {

/// fal.ai's queue (docs.fal.ai, "Queue"), storage and media. `http` must outlive the client. Loop thread only.
class FalClient final : public ImageGenerator {
 public:
  FalClient(http::Client& http, Options options) : http_(http), options_(std::move(options)) {}

  Task<Result<RemoteJob>> submit(Submission submission) override;
  Task<Result<RemoteStatus>> status(RemoteJob job) override;
  Task<Result<RemoteResult>> result(RemoteJob job, OutputShape shape) override;
  Task<Result<CancelOutcome>> cancel(RemoteJob job) override;
  Task<Result<std::string>> download(std::string url) override;
  Task<Result<std::string>> upload(std::string bytes, std::string content_type, std::string file_name) override;

 private:
  http::Request authorised(std::string method, std::string url, Millis timeout) const;
  std::string base_url(const RemoteJob& job) const;

  http::Client& http_;
  Options options_;
};

}  // namespace aisha::providers::fal
