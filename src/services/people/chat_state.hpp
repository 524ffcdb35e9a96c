// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "domain/chat.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// The chat in which an update happens.
struct ChatState {
  domain::Chat row;  ///< as it is now: change it freely, it is saved with the update when it differs from `as_read`
  domain::Chat as_read;
  std::int64_t message_id = 0;  ///< pressed or written
  bool pressed = false;

  /// Collects the row when it has changed.
  void save(stores::UnitOfWork& unit);
  /// What a paid button rests on is about to change (ratio, quality, the draft): cards drawn from now on have a nonce
  /// of their own.
  void renew_card() { ++row.card_revision; }
  /// A paid tap is taken, and its message becomes its picture's status message: when it was the
  /// menu card there is none any more.
  void hand_over(std::int64_t status_message_id);
};

}  // namespace aisha::services
