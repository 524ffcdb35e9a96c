// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/secret.hpp"
#include "http/server/router.hpp"
#include "telegram/update_head.hpp"
#include "web/hooks/refusals.hpp"

namespace aisha::web {

/// Telegram's webhook: one update a call. Answered 200 only when the sink has it; what is no update goes to the sink
/// like any other, since Telegram would repeat a refused one for a day. Loop thread only.
class TelegramHook {
 public:
  TelegramHook(telegram::UpdateSink sink, Secret secret, Refusals& refusals)
      : sink_(std::move(sink)), secret_(std::move(secret)), refusals_(refusals) {}

  Task<http::ServerResponse> take(http::ServerRequest request);
  /// From now on 503: Telegram keeps its updates for the next process.
  void close() { closed_ = true; }

 private:
  telegram::UpdateSink sink_;
  Secret secret_;
  Refusals& refusals_;
  bool closed_ = false;
};

}  // namespace aisha::web
