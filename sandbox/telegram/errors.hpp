// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace aisha::sandbox::telegram {

/// A refusal before it is worded for the wire: `text` is written as TDLib writes it ("Message text is empty",
/// "BUTTON_DATA_INVALID"); `error_answer` is the one place that makes Telegram's sentence of it.
struct Refusal {
  int code = 400;
  std::string text;
  int retry_after = 0;  ///< seconds, with code 429
};

/// What a method hands back: the value of "result".
using Outcome = std::expected<json::Value, Refusal>;
template <class T>
using Checked = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(std::string text, int code = 400) {
  return std::unexpected(Refusal{code, std::move(text), 0});
}

/// One answer of the Bot API. `body` is the JSON text's value; the HTTP status equals "error_code".
struct ApiAnswer {
  int status = 200;
  json::Value body;
  int retry_after = 0;  ///< header Retry-After, 0 = none

  bool ok() const { return status == 200; }
  /// "result", or null.
  const json::Value& result() const;
  /// "description", or "".
  std::string_view description() const;
};

/// Prefixes by code, lower-cases the first letter unless the second character is '_' or upper case, and maps odd codes,
/// as tdlib/telegram-bot-api's fail_query_with_error does.
ApiAnswer error_answer(const Refusal& refusal);
ApiAnswer ok_answer(json::Value result, std::string_view description = {});

}  // namespace aisha::sandbox::telegram
