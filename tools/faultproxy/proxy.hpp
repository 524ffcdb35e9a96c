// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "tools/faultproxy/link.hpp"
#include "tools/faultproxy/toxic.hpp"

namespace aisha::faultproxy {

/// One listening address before one server. Loop thread only; `close` before the last owner goes.
class Proxy : public std::enable_shared_from_this<Proxy> {
 public:
  /// Addresses are "127.0.0.1:5432"; port 0 of `listen` = any free one, kept from then on.
  /// Errc::http_bad_request on an address that is none.
  static Result<std::shared_ptr<Proxy>> make(Executor executor, std::string name, std::string_view listen,
                                             std::string_view upstream);

  const std::string& name() const { return name_; }
  bool enabled() const { return acceptor_.is_open(); }
  /// Errc::start_failed when the address is taken.
  Result<> enable();
  /// Connections are closed and new ones refused: the server is "down".
  void disable();
  /// For connections from now on.
  Result<> set_upstream(std::string_view upstream);

  /// Errc::conflict when the name is taken.
  Result<> add(Toxic toxic);
  const Toxic* find(std::string_view toxic) const;
  bool remove(std::string_view toxic);
  void clear();
  json::Object describe() const;

 private:
  using Endpoint = boost::asio::ip::tcp::endpoint;

  Proxy(Executor executor, std::string name, Endpoint listen, Endpoint upstream);
  static Task<void> accept_all(std::shared_ptr<Proxy> self);
  void refresh();

  std::string name_;
  Endpoint listen_;
  Endpoint upstream_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::shared_ptr<Toxics> toxics_;  ///< shared: connections outlive a removed proxy for a moment
  std::vector<std::weak_ptr<Link>> links_;
  std::uint64_t next_toxic_ = 1;
  std::uint64_t next_link_ = 1;
};

}  // namespace aisha::faultproxy
