// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/client/client.hpp"
#include "providers/fal/fal_options.hpp"
#include "providers/file_fetcher.hpp"

namespace aisha::providers::fal {

/// Files from anywhere that is public and speaks https, and from Options::file_origins, which are exempt from both.
/// Loop thread only; `http` outlives it.
class PublicFiles final : public FileFetcher {
 public:
  PublicFiles(http::Client& http, Options options) : http_(http), options_(std::move(options)) {}

  Task<Result<Digest>> fetch(std::string url, std::string path, std::uint64_t most) override;

 private:
  http::Client& http_;
  Options options_;
};

}  // namespace aisha::providers::fal
