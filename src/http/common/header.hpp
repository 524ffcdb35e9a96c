// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace aisha::http {

/// A line of the head; names are compared without case.
struct Header {
  std::string name;
  std::string value;
};

}  // namespace aisha::http
