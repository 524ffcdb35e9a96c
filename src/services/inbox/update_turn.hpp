// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/inbox/claimed_update.hpp"
#include "services/people/people.hpp"

namespace aisha::services {

/// One update while it is handled: who acts, in which chat, and its own end. All of it becomes durable together in
/// `commit`, fenced by the update's claim and the chat's version.
class UpdateTurn {
 public:
  /// Reads who sent `update`, or collects their creation. Throws sql::Outage.
  static Task<UpdateTurn> open(Context context, People& people, ClaimedUpdate update, TelegramFacts facts);

  Actor& actor() { return actor_; }
  const Actor& actor() const { return actor_; }
  ChatState& chat() { return chat_; }
  const ChatState& chat() const { return chat_; }

  /// Durable when it returns without error. Once only. Errc::conflict: somebody else wrote this chat or this account
  /// first, handle again with a fresh turn. Errc::lease_lost: the update is another worker's now, drop it silently.
  Task<Result<void>> commit();

 private:
  UpdateTurn(Context context, Visit visit)
      : context_(context), actor_(std::move(visit.actor)), chat_(std::move(visit.chat)) {}

  Context context_;
  Actor actor_;
  ChatState chat_;
};

}  // namespace aisha::services
