// SPDX-License-Identifier: Apache-2.0
#include <iterator>

#include "base/json.hpp"
#include "bot/dispatch/callback_data.hpp"
#include "bot/dispatch/event.hpp"
#include "telegram/api_error.hpp"
#include "telegram/api_types.hpp"
#include "telegram/update_head.hpp"
#include "tests/fuzz/targets.hpp"

namespace aisha::fuzz {

void run_update(std::string_view bytes) {
  const auto event = bot::parse_event(bytes);
  require(event.has_value() || event.error().code == Errc::update_malformed, "an update is an event or malformed");
  const telegram::UpdateHead head = telegram::update_head(bytes);
  require(!head.update_id || *head.update_id >= 0, "an update's id is not negative");
  require(head.is_text || !event, "what is no text is no event");
  if (const auto cut = telegram::cut_updates(bytes)) {
    for (const telegram::RawUpdate& update : *cut) {
      require(bytes.find(update.json) != std::string_view::npos, "a cut update is a piece of the answer");
      require(telegram::update_head(update.json) == update.head, "an update has one head, however it came");
      (void)bot::parse_event(update.json);
    }
  }
}

void run_callback(std::string_view bytes) {
  const auto callback = bot::decode(bytes);
  if (callback) {
    require(bytes.size() <= bot::kCallbackMaxBytes, "a callback has at most 64 bytes");
    const std::string written = std::visit([](const auto& route) { return bot::encode(route); }, *callback);
    require(written == bytes, "decode takes only what encode writes");
  } else {
    require(callback.error().code == Errc::callback_unknown, "a refused callback is unknown");
  }
}

void run_telegram_answer(std::string_view bytes) {
  http::Response response;
  // The first byte picks the status, so that one corpus reaches every branch.
  constexpr int kStatuses[] = {200, 400, 401, 403, 404, 409, 413, 429, 500, 502};
  response.status = bytes.empty() ? 200 : kStatuses[static_cast<unsigned char>(bytes.front()) % std::size(kStatuses)];
  response.body = bytes.substr(bytes.empty() ? 0 : 1);
  const telegram::ApiError error = telegram::error_of(response);
  require(error.retry_after >= 0, "a pause is not negative");
  const auto value = json::parse_briefly(response.body);
  if (value) {
    (void)json::decode<telegram::Message>(*value);
    (void)json::decode<telegram::User>(*value);
  }
}

}  // namespace aisha::fuzz
