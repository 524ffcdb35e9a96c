// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "config/config.hpp"
#include "processes.hpp"

namespace aisha::bench {

/// What one step of a picture's way costs this machine when nothing else runs: of all who take part, those included who
/// stand for Telegram and fal.
struct Part {
  std::string name;
  double milliseconds = 0;  ///< CPU
  bool counts = true;       ///< the way cannot do without it
};

/// Each of them alone, `times` times: fetch, imager, hash, objects, message. `config`: objects and imager as the
/// product has them.
std::vector<Part> measure_parts(const config::Config& config, const std::string& picture, int times,
                                const std::vector<Watched>& servers);

}  // namespace aisha::bench
