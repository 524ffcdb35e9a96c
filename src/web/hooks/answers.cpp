// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/answers.hpp"

#include <string>

namespace aisha::web {

http::ServerResponse accepted() {
  http::ServerResponse response;
  response.content_type.clear();
  return response;
}

http::ServerResponse refused(int status, Errc code) {
  http::ServerResponse response;
  response.status = status;
  response.content_type.clear();
  response.headers.push_back({"X-Aisha-Code", std::string(code_of(code))});
  return response;
}

http::ServerResponse come_again() {
  http::ServerResponse response = refused(503, Errc::unavailable);
  response.headers.push_back({"Retry-After", "5"});
  return response;
}

}  // namespace aisha::web
