// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/top_up_hook.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <exception>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "services/people/top_up.hpp"
#include "web/hooks/answers.hpp"

namespace aisha::web {
namespace {

struct Order {
  std::int64_t telegram_id = 0;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(Order, (), (telegram_id, key))

constexpr std::size_t kKeyMax = 64;

}  // namespace

Task<http::ServerResponse> TopUpHook::take(http::ServerRequest request) {
  if (!encoding::equal_constant_time(request.header("Authorization"), "Bearer " + std::string(token_.reveal()))) {
    refusals_.note(Errc::webhook_bad_secret);
    co_return refused(401, Errc::webhook_bad_secret);
  }
  auto order = json::decode<Order>(request.body);
  if (!order || order->telegram_id <= 0 || order->key.empty() || order->key.size() > kKeyMax) {
    refusals_.note(Errc::http_bad_request);
    co_return refused(400, Errc::http_bad_request);
  }
  Result<std::int64_t> balance = fail(Errc::unavailable);
  try {
    balance = co_await services::top_up(context_, order->telegram_id, std::move(order->key), coins_);
  } catch (const boost::system::system_error& error) {
    if (error.code() == boost::asio::error::operation_aborted) {
      throw;  // the server stops
    }
    log::error("coins of the sandbox: {}", error.what());
  } catch (const std::exception& error) {
    log::error("coins of the sandbox: {}", error.what());
  }
  if (!balance) {
    co_return balance.error().code == Errc::not_found ? refused(404, Errc::not_found) : come_again();
  }
  const json::Object answer{{"coins", coins_}, {"balance", *balance}};
  http::ServerResponse response;
  response.body = json::serialize(answer);
  co_return response;
}

}  // namespace aisha::web
