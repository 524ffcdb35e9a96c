// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "bot/delivery/letter.hpp"
#include "services/gallery/blanking.hpp"

namespace aisha::bot {

/// Takes purged pictures out of chats.
class ChatBlanker final : public services::Blanker {
 public:
  explicit ChatBlanker(LetterDesk desk) : desk_(desk) {}

  Task<Answer> remove(std::int64_t chat_id, std::vector<std::int64_t> messages) override;
  Task<Answer> blank(std::int64_t chat_id, std::int64_t message_id) override;

 private:
  std::optional<Answer> held_back(std::int64_t chat_id) const;
  Answer answer_of(std::int64_t chat_id, const telegram::ApiError& error) const;

  LetterDesk desk_;
};

}  // namespace aisha::bot
