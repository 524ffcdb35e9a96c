// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/avatar.hpp"
#include "domain/user.hpp"
#include "services/people/actor.hpp"
#include "services/people/chat_state.hpp"
#include "services/people/person_marks.hpp"
#include "stores/people/avatars.hpp"

namespace aisha::services {

/// What an update says about its sender. `telegram_id` is `from.id`, never the chat's.
struct TelegramFacts {
  std::int64_t telegram_id = 0;
  std::int64_t chat_id = 0;
  std::string first_name;
  std::string last_name;
  std::string username;
  std::string language_code;
  bool is_premium = false;
  bool is_bot = false;
};

/// `[[demo_avatar]]` of the configuration: copied to every new person.
struct DemoAvatar {
  std::string name;     ///< in Russian, and in every language that has none of its own
  std::string name_en;  ///< "" = `name`
  std::string gender;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::string lora_url;
  std::string finetune_id;
  std::string trigger_word;
  std::string trigger_phrase;
  std::string photo;  ///< Avatar::photo
};

/// Who acts, and the chat in which they do.
struct Visit {
  Actor actor;
  ChatState chat;
};

/// Who is told something in a chat.
struct Listener {
  Uuid user_id;
  domain::UserSettings settings;
  std::string timezone;
  std::int64_t balance = 0;   ///< coins free to spend
  std::int64_t topic_id = 0;  ///< see domain::Chat
  std::int64_t card_revision = 0;
  bool is_being_erased = false;
};

/// Who talks to us: users, settings, avatars, balance.
class People {
 public:
  /// `marks`: how erased people are remembered.
  People(Context context, std::vector<DemoAvatar> demo_avatars, PersonMarks marks = {})
      : context_(context), demo_avatars_(std::move(demo_avatars)), marks_(std::move(marks)) {}

  /// Finds the sender of an update in one statement, or collects their creation (user, settings with the guessed
  /// language, accounts, starting grant, demo avatars of which the first is main); refreshes changed names; clears
  /// `is_blocked`. A person who is known but has no accounts yet came from an older bot and was not adopted: they get
  /// the starting grant too; who was erased gets none. Of somebody who is being erased nothing is refreshed. What is
  /// collected goes into `unit`, which may hold writes already.
  Task<Visit> open(std::unique_ptr<stores::UnitOfWork> unit, TelegramFacts facts, Uuid trace);

  /// Collects the new settings; `actor.settings()` shows them at once. Errc::option_out_of_range names the field.
  /// Ratios and presets are checked by the caller's catalogue, here only for emptiness.
  Result<void> save_settings(Actor& actor, domain::UserSettings settings);
  /// Collects the time zone, in one of the forms that `usual_zone` gives: the day of pictures made from now on. Those
  /// that are there keep theirs.
  void set_zone(Actor& actor, std::string zone);
  /// Collects `users.is_blocked` (my_chat_member: kicked / member).
  void set_blocked(Actor& actor, bool blocked);
  /// The same without an actor: Telegram answered 403 to a send. Unknown ids are ignored.
  Task<void> mark_blocked(std::int64_t chat_id);

  /// True for the copy of a `[[demo_avatar]]`: a face to try with, not the person's own.
  bool is_demo(const domain::Avatar& avatar) const { return demo_of(avatar) != nullptr; }
  /// What the avatar is called in that language: its own name, or a demo's in that language.
  std::string name_of(const domain::Avatar& avatar, domain::Language language) const;

  /// The person of a private chat; nullopt when it is unknown.
  Task<std::optional<Listener>> of_chat(std::int64_t chat_id);

 private:
  void create(Actor& actor, const TelegramFacts& facts, const stores::avatars::Columns& columns);
  Task<stores::avatars::Columns> avatar_columns(stores::UnitOfWork& unit);
  Task<bool> was_erased(stores::UnitOfWork& unit, std::int64_t telegram_id);
  /// Accounts and starting grant of a person the ledger has not met: a new one, or one whom an older bot brought.
  void open_purse(Actor& actor);
  void refresh(Actor& actor, const TelegramFacts& facts);
  const DemoAvatar* demo_of(const domain::Avatar& avatar) const;

  Context context_;
  std::vector<DemoAvatar> demo_avatars_;
  PersonMarks marks_;
};

}  // namespace aisha::services
