// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "imaging/imager.hpp"
#include "sandbox/fal/twin.hpp"
#include "tests/fakes/paths.hpp"
#include "tests/fakes/run_task.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::sandbox::fal {

/// A twin of fal without HTTP, whose painter is small and quick.
struct Stage {
  boost::asio::io_context io{1};
  SystemClock base{io.get_executor()};
  SandboxClock clock{base};
  Faults faults;
  fakes::ScriptedHttp client;
  std::unique_ptr<imaging::Imager> imager;
  Twin twin;

  explicit Stage(const std::filesystem::path& data = {},
                 const std::string& program = fakes::binary_dir() + "/aisha-imager")
      : imager(imaging::make_imager(io.get_executor(), imager_options(program))),
        twin(io.get_executor(), client, *imager, clock, faults,
             {.data = data, .painters = 1, .settings = {.queue_ms = 0, .run_ms = 0, .max_side = 128}}) {}

  http::ServerResponse call(std::string method, std::string path, std::string body = "",
                            std::string key = "Key test:secret") {
    http::ServerRequest request;
    request.method = std::move(method);
    request.target = request.path = std::move(path);
    request.body = std::move(body);
    request.headers = {{"Host", "127.0.0.1:8081"}, {"Authorization", std::move(key)}};
    if (request.path.starts_with("/fal-files/")) {
      const auto mark = request.path.find('?');
      if (mark != std::string::npos) {
        request.query["signature"] = request.path.substr(request.path.find('=') + 1);
        request.path.resize(mark);
      }
      request.params["id"] = request.path.substr(11);
      return fakes::run_task(io, twin.serve_file(std::move(request)));
    }
    return fakes::run_task(io, twin.serve(std::move(request)));
  }
  static imaging::ImagerOptions imager_options(const std::string& program) {
    imaging::ImagerOptions out;
    out.program = program;
#ifdef AISHA_SANITIZED
    out.memory_limit = 0;
#endif
    return out;
  }
  static json::Object body(const http::ServerResponse& response) {
    return json::parse(response.body).value().as_object();
  }
  std::string submit(std::string prompt) {
    return submit("fal-ai/flux-pro/v1.1-ultra", {{"prompt", std::move(prompt)}});
  }
  std::string submit(const std::string& endpoint, const json::Object& input) {
    const auto response = call("POST", "/fal/" + endpoint, json::serialize(input));
    EXPECT_EQ(response.status, 200) << response.body;
    return std::string(body(response).at("request_id").as_string());
  }
  /// Lets the painter's thread work until the result is there.
  http::ServerResponse result(const std::string& id, const std::string& app = "fal-ai/flux-pro") {
    for (;;) {
      auto response = call("GET", "/fal/" + app + "/requests/" + id);
      if (response.status != 400) {
        return response;
      }
      io.restart();
      io.run_one();
    }
  }
};

}  // namespace aisha::sandbox::fal
