// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "processes.hpp"

namespace aisha::bench {

/// One run of the real binary, from the provider's webhooks to the pictures in the chats.
struct WayOptions {
  std::string program;
  std::string folder;   ///< of its own; database and log
  std::string picture;  ///< JPEG
  int pictures = 200;
  std::int64_t first_id = 0;      ///< of people and updates: runs on one database must not share them
  bool objects_in_files = false;  ///< although the environment names an S3 server
  std::vector<Watched> servers;
};

/// CPU in seconds while the pictures came.
struct WayFigures {
  double seconds = 0;
  double product = 0;
  double loop = 0;  ///< the product's first thread, in `product`
  double imager = 0;
  double load = 0;  ///< this process: Telegram and fal
  std::vector<double> of_servers;

  double all() const;
};

/// Writes FOLDER/aisha.toml for that run; returns its path.
std::string write_config(const WayOptions& options, std::uint16_t telegram_port, const std::string& fal_root);

/// std::runtime_error with one sentence when not every picture came.
WayFigures walk(const WayOptions& options);

}  // namespace aisha::bench
