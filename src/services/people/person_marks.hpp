// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/secret.hpp"

namespace aisha::services {

/// Under what an erased person is remembered, so that nobody gets a second welcome gift: a hash of their Telegram id
/// under a key that is made of the bot's token. Without the token nobody tells whose it is. Of an empty token there are
/// none.
class PersonMarks {
 public:
  PersonMarks() = default;
  explicit PersonMarks(const Secret& bot_token);

  bool empty() const { return key_.empty(); }
  std::string of(std::int64_t telegram_id) const;

 private:
  std::string key_;
};

}  // namespace aisha::services
