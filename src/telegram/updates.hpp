// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "telegram/update_head.hpp"

namespace aisha::telegram {

/// Takes updates over, however they came: durable when it returns. When it throws, nothing of the batch may be
/// acknowledged. std::function: wired by the composition root.
using UpdateSink = std::function<Task<void>(std::vector<RawUpdate>)>;

/// `allowed_updates` of getUpdates and setWebhook: what the bot has handlers for.
inline std::vector<std::string> wanted_updates() {
  return {"message", "callback_query", "my_chat_member"};
}

}  // namespace aisha::telegram
