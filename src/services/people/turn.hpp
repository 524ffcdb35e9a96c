// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "domain/avatar.hpp"
#include "domain/chat.hpp"
#include "domain/user.hpp"
#include "services/inbox/inbox.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// One handled update: who, which chat, and everything the services want written because of it. Made by
/// `People::open`. Reads happen while the flow runs, writes are collected and become durable together in `commit`,
/// with the chat row (optimistic version) and the inbox row (fenced by its epoch). Nothing is written without `commit`.
class Turn {
 public:
  Turn(Context context, ClaimedUpdate update);
  ~Turn();
  Turn(Turn&&) noexcept;
  Turn& operator=(Turn&&) = delete;

  const ClaimedUpdate& update() const { return update_; }
  const domain::User& user() const { return user_; }
  const domain::UserSettings& settings() const { return settings_; }
  /// Change it freely: saved by `commit` when it differs from what was read.
  domain::Chat& chat() { return chat_; }
  const domain::Chat& chat() const { return chat_; }

  bool new_person() const { return granted_ >= 0; }
  /// Coins given to a person met for the first time, else 0.
  std::int64_t granted() const { return granted_ < 0 ? 0 : granted_; }

  /// Coins free to spend after everything this turn collected so far.
  std::int64_t balance() const { return balance_; }

  stores::UnitOfWork& unit();

  /// Of the update: what its log lines name.
  const Uuid& trace() const { return update_.trace; }

  /// The id of the picture that is asked for: the update's trace for the first, so that one id leads through all the
  /// log. It is given again as long as nothing is collected under it.
  Uuid take_id();

  /// Durable when it returns without error; then rings the bells. Once only.
  /// Errc::conflict: somebody else wrote this chat or this account first; handle again with a fresh Turn.
  /// Errc::not_found: the update is no longer ours (its lease passed on); drop it silently.
  Task<Result<void>> commit();

 private:
  friend class People;
  friend class Generations;
  friend class Gallery;

  Context context_;
  ClaimedUpdate update_;
  domain::User user_;
  domain::UserSettings settings_;
  domain::Chat chat_;
  domain::Chat chat_as_read_;
  std::int64_t granted_ = -1;
  std::int64_t balance_ = 0;
  std::vector<domain::Avatar> new_avatars_;  // collected, not yet readable
  bool trace_is_used_ = false;
  bool wake_submit_ = false;
  bool wake_outbox_ = false;
  bool figures_change_ = false;
  std::unique_ptr<stores::UnitOfWork> unit_;
};

}  // namespace aisha::services
