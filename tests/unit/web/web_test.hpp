// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "http/client/client.hpp"
#include "http/server/server.hpp"
#include "tests/fakes/service_world.hpp"
#include "web/table/http_routes.hpp"

namespace aisha::web {

/// The product's handlers on a free port, and a sender outside. The services behind them are real.
class WebTest : public testing::Test {
 protected:
  void TearDown() override {
    if (server_) {
      world_.run(server_->stop(Millis(0)));
    }
  }

  void serve(Handlers handlers) {
    add_routes(router_, handlers);
    auto made = http::make_server(world_.loop.executor(), {}, router_);
    ASSERT_TRUE(made) << made.error().detail;
    server_ = std::move(*made);
  }

  http::Response send(std::string method, const std::string& path, std::string body = {},
                      std::vector<http::Header> headers = {}) {
    http::Request request;
    request.method = std::move(method);
    request.url = "http://127.0.0.1:" + std::to_string(server_->port()) + path;
    request.body = std::move(body);
    request.headers = std::move(headers);
    return world_.run(client_->send(std::move(request))).value();
  }

  fakes::ServiceWorld world_;
  metrics::Registry metrics_;
  Refusals refusals_{metrics_};
  http::Router router_;
  std::unique_ptr<http::Client> client_ = http::make_client(world_.loop.executor());
  std::unique_ptr<http::Server> server_;
};

}  // namespace aisha::web
