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

 private:
  pid_t pid_ = -1;
};

}  // namespace aisha::bench
