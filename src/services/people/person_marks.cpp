// SPDX-License-Identifier: Apache-2.0
#include "services/people/person_marks.hpp"

#include "base/encoding.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kPurpose = "aisha: people who were erased";

std::string bytes_of(const std::array<std::uint8_t, 32>& hash) {
  return {hash.begin(), hash.end()};
}

}  // namespace

PersonMarks::PersonMarks(const Secret& bot_token)
    : key_(bot_token.empty() ? std::string() : bytes_of(encoding::hmac_sha256(bot_token.reveal(), kPurpose))) {}

std::string PersonMarks::of(std::int64_t telegram_id) const {
  return encoding::hex(encoding::hmac_sha256(key_, std::to_string(telegram_id)));
}

}  // namespace aisha::services
