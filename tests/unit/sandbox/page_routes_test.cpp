// SPDX-License-Identifier: Apache-2.0
#include "sandbox/page/page_routes.hpp"

#include <gmock/gmock.h>

#include <string>

#include "tests/fakes/run_task.hpp"

namespace aisha::sandbox {
namespace {

using testing::HasSubstr;

std::string header(const http::ServerResponse& response, std::string_view name) {
  for (const http::Header& one : response.headers) {
    if (one.name == name) {
      return one.value;
    }
  }
  return {};
}

http::ServerResponse get(std::string path, std::string method = "GET") {
  http::Router router;
  add_page_routes(router);
  http::ServerRequest request;
  request.method = std::move(method);
  request.path = path;
  request.target = std::move(path);
  return fakes::run_task(router.route(std::move(request)));
}

TEST(ChatPage, IsServedAtTheRootWithItsScriptAndStyle) {
  const http::ServerResponse page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("/app.js"));
  EXPECT_THAT(page.body, HasSubstr("/app.css"));
  EXPECT_EQ(get("/app.js").content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(get("/app.css").content_type, "text/css; charset=utf-8");
  EXPECT_EQ(get("/icon.svg").content_type, "image/svg+xml");
}

TEST(ChatPage, IsAskedForAgainEachTimeAndLoadsNothingFromElsewhere) {
  for (const char* path : {"/", "/app.js", "/app.css", "/icon.svg"}) {
    const http::ServerResponse response = get(path);
    EXPECT_EQ(header(response, "cache-control"), "no-cache") << path;
    EXPECT_THAT(header(response, "content-security-policy"), HasSubstr("default-src 'none'")) << path;
    EXPECT_EQ(header(response, "x-content-type-options"), "nosniff") << path;
    EXPECT_FALSE(response.body.empty()) << path;
  }
}

TEST(ChatPage, CannotBePostedTo) {
  EXPECT_EQ(get("/", "POST").status, 405);
}

TEST(ChatPage, KnowsNoOtherFiles) {
  EXPECT_EQ(get("/index.html").status, 404);
}

}  // namespace
}  // namespace aisha::sandbox
