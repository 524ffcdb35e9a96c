// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"

namespace aisha::app {

struct DemoOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string data = "./aisha-demo";
  std::string language = "ru";
  std::string database;             ///< "" = a SQLite file in `data`
  std::string cache;                ///< "" = memory of each process
  std::string blobs;                ///< "" = a folder in `data`
  std::string updates = "polling";  ///< or "webhook": Telegram and fal call instead of being asked
  int replicas = 1;                 ///< processes of the product; more than one need a PostgreSQL `database`
  bool open_browser = true;
};

/// The sandbox and the product as processes of their own, wired together, until Ctrl-C or SIGTERM. The product is what
/// `aisha serve` would be: it knows the sandbox by base URLs only, and has a door for the sandbox's coins. Where it
/// polls, the first process does and the others make pictures. A process that dies is started again after a second.
/// Errc::start_failed: a port is taken, the folder cannot be written, another demo uses it; config_invalid: several
/// replicas on SQLite.
Result<void> run_demo(DemoOptions options);

}  // namespace aisha::app
