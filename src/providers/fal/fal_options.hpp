// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace aisha::providers::fal {

struct Options {
  Secret key;  ///< "<key_id>:<key_secret>"
  std::string queue_url = "https://queue.fal.run";
  std::string rest_url = "https://rest.fal.ai";
  /// Hosts results may be downloaded from over https on port 443; "*.x" means any name below x.
  std::vector<std::string> file_hosts = {"fal.media", "*.fal.media"};
  /// Exact origins ("http://127.0.0.1:8081") and patterns of plain http ("http://127.0.0.1:*") are exempt from the
  /// rules on scheme, port, host and address; other patterns ("*.example.org", "https://*.example.org:8443") only name
  /// hosts.
  std::vector<std::string> file_origins;
  Millis submit_timeout{25'000};
  Millis status_timeout{10'000};
  Millis result_timeout{30'000};
  Millis download_timeout{60'000};
  Millis download_stall{10'000};
  std::size_t max_picture_bytes = 32ULL << 20U;
  int media_lifetime_s = 86'400;  ///< how long fal keeps the media it makes for us; 0 = as the account says
};

}  // namespace aisha::providers::fal
