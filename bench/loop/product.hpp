// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

namespace aisha::bench {

/// The product as a child process. Ends it on destruction.
class Product {
 public:
  Product(const std::string& program, const std::vector<std::string>& arguments, const std::string& log);
  Product(const Product&) = delete;
  Product& operator=(const Product&) = delete;
  ~Product();

  pid_t pid() const { return pid_; }
  bool running() const;
  /// User and system time of the process itself, in seconds. Its threads live as long as it does.
  double cpu_seconds() const;
  /// The same of its first thread alone: the loop. The others are the database's and the file pool's.
  double loop_seconds() const;
  /// The same of its children that still live (the imager).
  double children_cpu_seconds() const;
  /// VmRSS in megabytes.
  double rss_mb() const;
  double children_rss_mb() const;

 private:
  std::vector<pid_t> children() const;

  pid_t pid_ = -1;
};

}  // namespace aisha::bench
