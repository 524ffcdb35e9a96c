// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "http/client/client.hpp"

namespace aisha::fakes {

/// An http::Client that answers from a list and keeps what it was asked. An unexpected request throws.
class ScriptedHttp final : public http::Client {
 public:
  void answer(int status, std::string body = {}, std::vector<http::Header> headers = {}) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    script_.push_back(std::move(response));
  }
  void break_with(Errc code) { script_.push_back(fail(code, "scripted")); }

  Task<Result<http::Response>> send(http::Request request) override {
    requests.push_back(std::move(request));
    Result<http::Response> next = std::move(script_.at(0));
    script_.pop_front();
    co_return next;
  }

  std::string header(std::size_t request, std::string_view name) const {
    for (const http::Header& header : requests.at(request).headers) {
      if (header.name == name) {
        return header.value;
      }
    }
    return {};
  }

  std::vector<http::Request> requests;

 private:
  std::deque<Result<http::Response>> script_;
};

}  // namespace aisha::fakes
