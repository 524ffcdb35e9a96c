// SPDX-License-Identifier: Apache-2.0
#include "tools/faultproxy/proxy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

namespace aisha::faultproxy {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Result<tcp::endpoint> read_address(std::string_view text) {
  const auto colon = text.rfind(':');
  std::uint16_t port = 0;
  error_code ec;
  asio::ip::address address;
  if (colon != std::string_view::npos) {
    const std::string host(text.substr(0, colon));
    address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, ec);
    const char* end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, port);
    if (!ec && problem == std::errc() && stop == end) {
      return tcp::endpoint(address, port);
    }
  }
  return fail(Errc::http_bad_request, fmt::format("\"{}\" is no address like 127.0.0.1:5432", text));
}

std::string shown(const tcp::endpoint& endpoint) {
  return fmt::format("{}:{}", endpoint.address().to_string(), endpoint.port());
}

}  // namespace

Proxy::Proxy(Executor executor, std::string name, Endpoint listen, Endpoint upstream)
    : name_(std::move(name)),
      listen_(std::move(listen)),
      upstream_(std::move(upstream)),
      acceptor_(executor),
      toxics_(std::make_shared<Toxics>()) {}

Result<std::shared_ptr<Proxy>> Proxy::make(Executor executor, std::string name, std::string_view listen,
                                           std::string_view upstream) {
  auto from = read_address(listen);
  if (!from) {
    return std::unexpected(from.error());
  }
  auto to = read_address(upstream);
  if (!to) {
    return std::unexpected(to.error());
  }
  return std::shared_ptr<Proxy>(new Proxy(executor, std::move(name), *from, *to));
}

Result<> Proxy::set_upstream(std::string_view upstream) {
  auto to = read_address(upstream);
  if (!to) {
    return std::unexpected(to.error());
  }
  upstream_ = *to;
  return {};
}

Result<> Proxy::enable() {
  if (enabled()) {
    return {};
  }
  error_code ec;
  acceptor_.open(listen_.protocol(), ec);
  if (!ec) {
    acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  }
  if (!ec) {
    acceptor_.bind(listen_, ec);
  }
  if (!ec) {
    acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  }
  if (ec) {
    error_code ignored;
    acceptor_.close(ignored);
    return fail(Errc::start_failed, fmt::format("{}: {}", shown(listen_), ec.message()));
  }
  listen_ = acceptor_.local_endpoint();
  asio::co_spawn(acceptor_.get_executor(), accept_all(shared_from_this()), asio::detached);
  return {};
}

void Proxy::disable() {
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& held : std::exchange(links_, {})) {
    if (const auto link = held.lock()) {
      link->close(false);
    }
  }
}

Task<void> Proxy::accept_all(std::shared_ptr<Proxy> self) {
  while (self->enabled()) {
    error_code ec;
    tcp::socket socket = co_await self->acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, ec));
    if (ec == asio::error::operation_aborted) {
      co_return;  // closed, perhaps opened anew by now with a coroutine of its own
    }
    if (!ec) {
      std::erase_if(self->links_, [](const auto& link) { return link.expired(); });
      const auto link = std::make_shared<Link>(std::move(socket), self->toxics_, self->next_link_++);
      self->links_.push_back(link);
      link->start(self->upstream_);
    }
  }
}

Result<> Proxy::add(Toxic toxic) {
  if (find(toxic.name) != nullptr) {
    return fail(Errc::conflict, "toxic already exists");
  }
  toxic.id = next_toxic_++;
  toxics_->push_back(std::move(toxic));
  refresh();
  return {};
}

const Toxic* Proxy::find(std::string_view toxic) const {
  const auto found = std::ranges::find(*toxics_, toxic, &Toxic::name);
  return found == toxics_->end() ? nullptr : &*found;
}

bool Proxy::remove(std::string_view toxic) {
  const bool known = std::erase_if(*toxics_, [&](const Toxic& one) { return one.name == toxic; }) > 0;
  refresh();
  return known;
}

void Proxy::clear() {
  toxics_->clear();
  refresh();
}

void Proxy::refresh() {
  for (const auto& held : links_) {
    if (const auto link = held.lock()) {
      link->refresh();
    }
  }
}

json::Object Proxy::describe() const {
  json::Array toxics;
  for (const Toxic& toxic : *toxics_) {
    toxics.push_back(toxic_json(toxic));
  }
  const auto open = std::ranges::count_if(links_, [](const auto& link) { return !link.expired(); });
  return {{"name", name_},        {"listen", shown(listen_)}, {"upstream", shown(upstream_)},
          {"enabled", enabled()}, {"toxics", toxics},         {"connections", open}};
}

}  // namespace aisha::faultproxy
