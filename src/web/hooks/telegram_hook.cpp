// SPDX-License-Identifier: Apache-2.0
#include "web/hooks/telegram_hook.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <exception>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "telegram/update_head.hpp"
#include "web/hooks/answers.hpp"

namespace aisha::web {

Task<http::ServerResponse> TelegramHook::take(http::ServerRequest request) {
  if (!encoding::equal_constant_time(request.header("X-Telegram-Bot-Api-Secret-Token"), secret_.reveal())) {
    refusals_.note(Errc::webhook_bad_secret);
    co_return refused(401, Errc::webhook_bad_secret);
  }
  if (closed_) {
    co_return come_again();
  }
  if (!request.header("Content-Type").starts_with("application/json")) {
    refusals_.note(Errc::http_bad_request);
    co_return refused(415, Errc::http_bad_request);
  }
  std::vector<telegram::RawUpdate> one;
  const telegram::UpdateHead head = telegram::update_head(request.body);
  one.push_back({head, std::move(request.body)});
  try {
    co_await sink_(std::move(one));
  } catch (const boost::system::system_error& error) {
    if (error.code() == boost::asio::error::operation_aborted) {
      throw;  // the server stops
    }
    log::error("an update could not be stored: {}", error.what());
    co_return come_again();
  } catch (const std::exception& error) {
    log::error("an update could not be stored: {}", error.what());
    co_return come_again();
  }
  co_return accepted();
}

}  // namespace aisha::web
