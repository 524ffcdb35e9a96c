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
  std::string database;  ///< "" = a SQLite file in `data`
  std::string blobs;     ///< "" = a folder in `data`
  bool open_browser = true;
};

/// The sandbox and the product as two processes, wired together, until Ctrl-C or SIGTERM. The product is what
/// `aisha serve` would be: it knows the sandbox by base URLs only. A product that dies is started again after a second.
/// Errc::start_failed: a port is taken, the folder cannot be written, another demo uses it.
Result<void> run_demo(DemoOptions options);

}  // namespace aisha::app
