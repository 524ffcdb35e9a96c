// SPDX-License-Identifier: Apache-2.0
#include "sandbox/page/page_routes.hpp"

#include <string>
#include <string_view>

#include "base/embedded.hpp"

namespace aisha::embedded {
Files sandbox_page();
}

namespace aisha::sandbox {

namespace {

// blob: and data: are the pictures a person is about to send; everything else comes from this very server.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view content_type(std::string_view path) {
  if (path.ends_with(".html")) {
    return "text/html; charset=utf-8";
  }
  if (path.ends_with(".js")) {
    return "text/javascript; charset=utf-8";
  }
  if (path.ends_with(".css")) {
    return "text/css; charset=utf-8";
  }
  if (path.ends_with(".svg")) {
    return "image/svg+xml";
  }
  return "application/octet-stream";
}

Task<http::ServerResponse> serve(embedded::File file) {
  http::ServerResponse response;
  response.content_type = std::string(content_type(file.path));
  response.body = std::string(file.bytes);
  response.headers.push_back({"cache-control", "no-cache"});
  response.headers.push_back({"content-security-policy", std::string(kPolicy)});
  response.headers.push_back({"x-content-type-options", "nosniff"});
  response.headers.push_back({"referrer-policy", "no-referrer"});
  co_return response;
}

}  // namespace

void add_page_routes(http::Router& router) {
  for (const embedded::File& file : embedded::sandbox_page()) {
    const std::string path = file.path == "index.html" ? "/" : "/" + std::string(file.path);
    router.add("GET", path, [file](http::ServerRequest) { return serve(file); });
  }
}

}  // namespace aisha::sandbox
