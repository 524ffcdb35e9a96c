// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "http/client/client.hpp"

namespace aisha::fakes {

/// All that travels, as one text.
inline std::string whole_body(const http::Request& request) {
  return request.body_head + request.body + request.body_tail;
}

}  // namespace aisha::fakes
