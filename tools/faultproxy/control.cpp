// SPDX-License-Identifier: Apache-2.0
#include "tools/faultproxy/control.hpp"

#include <string_view>
#include <utility>

namespace aisha::faultproxy {
namespace {

using Response = http::ServerResponse;

Task<Response> ready(Response response) {
  co_return response;
}

Response answer(int status, const json::Value& value) {
  Response response;
  response.status = status;
  response.body = json::serialize(value);
  return response;
}

Response refuse(int status, std::string_view sentence) {
  const json::Object body{{"error", sentence}, {"status", status}};
  return answer(status, body);
}

Response refuse(const Error& error) {
  return refuse(error.code == Errc::http_bad_request ? 400 : error.code == Errc::conflict ? 409 : 500, error.detail);
}

Response nothing() {
  Response response;
  response.status = 204;
  return response;
}

json::Object body_of(const http::ServerRequest& request) {
  auto parsed = json::parse(request.body);
  return parsed && parsed->is_object() ? std::move(parsed->get_object()) : json::Object();
}

std::string text_of(const json::Object& body, std::string_view key, std::string_view otherwise = "") {
  const auto* found = body.if_contains(key);
  return std::string(found != nullptr && found->is_string() ? std::string_view(found->get_string()) : otherwise);
}

bool wants_enabled(const json::Object& body, bool otherwise) {
  const auto* found = body.if_contains("enabled");
  return found != nullptr && found->is_bool() ? found->get_bool() : otherwise;
}

}  // namespace

Response Control::list() const {
  json::Object all;
  for (const auto& [name, proxy] : proxies_) {
    all[name] = proxy->describe();
  }
  return answer(200, all);
}

Response Control::create(const Request& request) {
  const json::Object body = body_of(request);
  const std::string name = text_of(body, "name");
  if (name.empty()) {
    return refuse(400, "missing required field: name");
  }
  if (proxies_.contains(name)) {
    return refuse(409, "proxy already exists");
  }
  auto made = Proxy::make(executor_, name, text_of(body, "listen", "127.0.0.1:0"), text_of(body, "upstream"));
  if (!made) {
    return refuse(made.error());
  }
  if (wants_enabled(body, true)) {
    if (const auto enabled = (*made)->enable(); !enabled) {
      return refuse(enabled.error());
    }
  }
  proxies_[name] = *made;
  return answer(201, (*made)->describe());
}

Response Control::reset() {
  for (const auto& [name, proxy] : proxies_) {
    proxy->clear();
    if (const auto enabled = proxy->enable(); !enabled) {
      return refuse(enabled.error());
    }
  }
  return nothing();
}

Response Control::show(Proxy& proxy, const Request& /*request*/) {
  return answer(200, proxy.describe());
}

Response Control::change(Proxy& proxy, const Request& request) {
  const json::Object body = body_of(request);
  if (const std::string upstream = text_of(body, "upstream"); !upstream.empty()) {
    if (const auto set = proxy.set_upstream(upstream); !set) {
      return refuse(set.error());
    }
  }
  if (!wants_enabled(body, proxy.enabled())) {
    proxy.disable();
  } else if (const auto enabled = proxy.enable(); !enabled) {
    return refuse(enabled.error());
  }
  return answer(200, proxy.describe());
}

Response Control::remove(Proxy& proxy, const Request& /*request*/) {
  proxy.disable();
  proxies_.erase(std::string(proxy.name()));
  return nothing();
}

Response Control::list_toxics(Proxy& proxy, const Request& /*request*/) {
  return answer(200, proxy.describe()["toxics"]);
}

Response Control::add_toxic(Proxy& proxy, const Request& request) {
  auto toxic = read_toxic(body_of(request));
  if (!toxic) {
    return refuse(toxic.error());
  }
  const std::string name = toxic->name;
  if (const auto added = proxy.add(std::move(*toxic)); !added) {
    return refuse(added.error());
  }
  return answer(200, toxic_json(*proxy.find(name)));
}

Response Control::show_toxic(Proxy& proxy, const Request& request) {
  const Toxic* toxic = proxy.find(request.params.at("toxic"));
  return toxic == nullptr ? refuse(404, "toxic not found") : answer(200, toxic_json(*toxic));
}

Response Control::remove_toxic(Proxy& proxy, const Request& request) {
  return proxy.remove(request.params.at("toxic")) ? nothing() : refuse(404, "toxic not found");
}

Response Control::on_proxy(ToProxy action, const Request& request) {
  const auto found = proxies_.find(request.params.at("name"));
  if (found == proxies_.end()) {
    return refuse(404, "proxy not found");
  }
  const std::shared_ptr<Proxy> proxy = found->second;
  return (this->*action)(*proxy, request);
}

void Control::add_routes(http::Router& router) {
  router.add("GET", "/proxies", [this](const Request&) { return ready(list()); });
  router.add("POST", "/proxies", [this](const Request& r) { return ready(create(r)); });
  router.add("POST", "/reset", [this](const Request&) { return ready(reset()); });
  const auto add = [this, &router](std::string method, std::string pattern, ToProxy action) {
    router.add(std::move(method), std::move(pattern),
               [this, action](const Request& r) { return ready(on_proxy(action, r)); });
  };
  add("GET", "/proxies/:name", &Control::show);
  add("POST", "/proxies/:name", &Control::change);
  add("DELETE", "/proxies/:name", &Control::remove);
  add("GET", "/proxies/:name/toxics", &Control::list_toxics);
  add("POST", "/proxies/:name/toxics", &Control::add_toxic);
  add("GET", "/proxies/:name/toxics/:toxic", &Control::show_toxic);
  add("DELETE", "/proxies/:name/toxics/:toxic", &Control::remove_toxic);
}

void Control::close_all() {
  for (const auto& [name, proxy] : proxies_) {
    proxy->disable();
  }
}

}  // namespace aisha::faultproxy
