// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "cache/keys.hpp"
#include "domain/avatar.hpp"
#include "domain/user.hpp"
#include "services/context/context.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// A person who acts, as they are now, and everything the services want written because of them. Reads happen while
/// it lasts, writes are collected and become durable together in `commit`; without it nothing is written. Made by
/// People. Loop thread only.
class Actor {
 public:
  /// What is collected goes into `unit`; `trace` is named by log lines and is the first picture's id.
  Actor(Context context, std::unique_ptr<stores::UnitOfWork> unit, const Uuid& trace);
  ~Actor();
  Actor(Actor&&) noexcept;
  Actor& operator=(Actor&&) = delete;

  const domain::User& user() const { return user_; }
  const domain::UserSettings& settings() const { return settings_; }
  /// With which they make pictures: as read, or the first of those collected for a new person; nothing = none.
  const std::optional<domain::Avatar>& main_avatar() const { return main_avatar_; }
  /// Where they are told things.
  std::int64_t chat_id() const { return chat_id_; }

  /// What is collected makes another one the main avatar, or leaves none.
  void set_main_avatar(std::optional<domain::Avatar> avatar) { main_avatar_ = std::move(avatar); }

  bool is_new() const { return granted_.has_value(); }
  /// A new person who was here before and had everything erased: the welcome gift is not given again.
  bool is_back() const { return is_back_; }
  /// Everything of theirs is being deleted: nothing is begun for them, and nothing of them is written down.
  bool is_being_erased() const { return is_being_erased_; }
  /// Coins given to a person met for the first time, else 0.
  std::int64_t granted() const { return granted_.value_or(0); }
  /// Coins free to spend after everything collected so far.
  std::int64_t balance() const { return balance_; }

  /// Messages to them could not be told, and are told again now that they are here (services/outbox/tell_again).
  bool is_owed() const { return is_owed_; }

  stores::UnitOfWork& unit() { return *unit_; }
  const Uuid& trace() const { return trace_; }
  /// The id of a picture that is collected now: the trace for the first, so that one id leads through all the log.
  Uuid take_id();

  /// Coins that a collected write takes (below zero) or gives.
  void change_balance(std::int64_t coins) { balance_ += coins; }
  /// Rings once what is collected is durable.
  void wake(Signal& bell) { bells_.push_back(&bell); }
  Signals& signals() { return context_.signals; }
  /// A copy in short memory that is old once what is collected is durable.
  void forget(cache::keys::Entry entry) { copies_.push_back(std::move(entry)); }
  /// The copies that are old with every picture of theirs that goes, comes back, is kept or named.
  void forget_pictures();

  /// Durable when it returns without error; then the bells ring. Once only. Errc::conflict: somebody else wrote these
  /// rows first, act again with a fresh Actor.
  Task<Result<void>> commit();

 private:
  friend class People;
  Task<void> forget_copies();

  Context context_;
  std::unique_ptr<stores::UnitOfWork> unit_;
  Uuid trace_;
  domain::User user_;
  domain::UserSettings settings_;
  std::optional<domain::Avatar> main_avatar_;
  std::int64_t chat_id_ = 0;
  std::optional<std::int64_t> granted_;
  std::int64_t balance_ = 0;
  bool trace_is_used_ = false;
  bool is_owed_ = false;
  bool is_back_ = false;
  bool is_being_erased_ = false;
  std::vector<Signal*> bells_;
  std::vector<cache::keys::Entry> copies_;
};

}  // namespace aisha::services
