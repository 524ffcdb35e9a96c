// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/io_context.hpp>
#include <deque>
#include <memory>
#include <string>

#include "http/client/client.hpp"
#include "http/server/server.hpp"
#include "sandbox/fal/signer.hpp"

namespace aisha::bench {

/// A fal that takes every order at once and says nothing until it is told to: then each order's signed webhook brings
/// the address of the same picture.
class FakeFal {
 public:
  FakeFal(boost::asio::io_context& io, std::string picture);

  /// "http://127.0.0.1:PORT"
  const std::string& root() const { return root_; }
  std::string picture_url() const { return root_ + "/files/picture.jpg"; }
  int waiting() const { return static_cast<int>(orders_.size()); }
  int refused() const { return refused_; }

  /// Sends the webhooks of all orders, `parallel` at once.
  void tell_all(int parallel);

 private:
  struct Order {
    std::string id;
    std::string webhook;
  };

  Task<http::ServerResponse> take(http::ServerRequest request);
  Task<http::ServerResponse> still_running(http::ServerRequest request);
  Task<http::ServerResponse> keys(http::ServerRequest request);
  Task<http::ServerResponse> file(http::ServerRequest request);
  Task<void> tell();

  boost::asio::io_context& io_;
  std::string picture_;
  sandbox::fal::Signer signer_{"bench"};
  std::unique_ptr<http::Client> client_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  std::string root_;
  std::deque<Order> orders_;
  int taken_ = 0;
  int refused_ = 0;
};

}  // namespace aisha::bench
