// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/task.hpp"
#include "http/server/server.hpp"
#include "tools/faultproxy/proxy.hpp"

namespace aisha::faultproxy {

/// Toxiproxy's HTTP API over a set of proxies.
class Control {
 public:
  explicit Control(Executor executor) : executor_(std::move(executor)) {}

  /// The routes keep a reference to this object.
  void add_routes(http::Router& router);
  void close_all();

 private:
  using Response = http::ServerResponse;
  using Request = http::ServerRequest;
  using ToProxy = Response (Control::*)(Proxy&, const Request&);

  Response list() const;
  Response create(const Request& request);
  Response reset();
  Response show(Proxy& proxy, const Request& request);
  Response change(Proxy& proxy, const Request& request);
  Response remove(Proxy& proxy, const Request& request);
  Response list_toxics(Proxy& proxy, const Request& request);
  Response add_toxic(Proxy& proxy, const Request& request);
  Response show_toxic(Proxy& proxy, const Request& request);
  Response remove_toxic(Proxy& proxy, const Request& request);
  Response on_proxy(ToProxy action, const Request& request);

  Executor executor_;
  std::map<std::string, std::shared_ptr<Proxy>, std::less<>> proxies_;
};

}  // namespace aisha::faultproxy
