// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/client/client.hpp"
#include "tests/sim/world/universe.hpp"

namespace aisha::sim {

/// The network of one process: leads to Telegram and fal of the universe, and fails on the way there, there, and on the
/// way back.
class SimHttp final : public http::Client {
 public:
  SimHttp(Universe& universe, SimClock& clock, Owner owner) : universe_(universe), clock_(clock), owner_(owner) {}

  Task<Result<http::Response>> send(http::Request request) override;

 private:
  Task<http::Response> telegram(http::Request request, std::string token, std::string method);
  http::Response fal(const http::Request& request);
  bool is_retired_by_now();
  bool is_away(std::string_view url) const;
  Millis silence(Millis timeout);
  Task<http::Response> carry_out(http::Request request);

  Universe& universe_;
  SimClock& clock_;
  Owner owner_;
};

}  // namespace aisha::sim
