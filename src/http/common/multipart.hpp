// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace aisha::http {

/// One part of multipart/form-data (RFC 7578). A part with a file name is a file.
struct Part {
  std::string name;
  std::string filename;
  std::string content_type;
  std::string body;
};

/// A body whose last part is the file `last`: what stands before its bytes and behind them.
struct MultipartWrap {
  std::string content_type;  ///< with the boundary
  std::string head;
  std::string tail;
};
/// The bytes of `last` are not looked at.
MultipartWrap wrap_multipart(const std::vector<Part>& parts, const Part& last, std::string_view boundary);

/// Errc::http_bad_request on a body that does not follow `content_type`'s boundary.
Result<std::vector<Part>> read_multipart(std::string_view content_type, std::string_view body);

}  // namespace aisha::http
