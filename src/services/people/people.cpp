// SPDX-License-Identifier: Apache-2.0
#include "services/people/people.hpp"

#include <algorithm>
#include <tuple>

#include "domain/prompt_text.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/people/chats.hpp"
#include "stores/people/user_settings.hpp"
#include "stores/people/users.hpp"

namespace aisha::services {
namespace {

domain::UserSettings defaults_for(const domain::User& user) {
  domain::UserSettings out;
  out.language = domain::language_for(user.language_code);
  return out;
}

// As long as the columns of the existing table are; nobody's language code is cut by it so far.
void copy_facts(domain::User& user, const TelegramFacts& facts) {
  user.first_name = domain::shorten(facts.first_name, domain::kUserNameMax);
  user.last_name = domain::shorten(facts.last_name, domain::kUserNameMax);
  user.username = facts.username;
  user.language_code = facts.language_code.substr(0, domain::kLanguageCodeMax);
  user.is_premium = facts.is_premium;
}

auto profile(const domain::User& u) {
  return std::tie(u.first_name, u.last_name, u.username, u.language_code, u.is_premium);
}

domain::Avatar avatar_of(const DemoAvatar& demo, const Uuid& user_id, stores::UnitOfWork& unit, bool is_main) {
  domain::Avatar out;
  out.id = unit.new_id();
  out.user_id = user_id;
  out.name = demo.name;
  out.gender = demo.gender;
  out.kind = demo.kind;
  out.status = domain::AvatarStatus::completed;
  out.finetune_id = demo.finetune_id;
  out.lora_url = demo.lora_url;
  out.trigger_word = demo.trigger_word;
  out.trigger_phrase = demo.trigger_phrase;
  out.photo = demo.photo;
  out.is_main = is_main;
  out.created_at = unit.now();
  return out;
}

}  // namespace

Task<Turn> People::open(ClaimedUpdate update, TelegramFacts facts) {
  Turn turn(context_, std::move(update));
  auto user = co_await stores::users::find(turn.unit(), facts.telegram_id);
  if (user) {
    turn.user_ = std::move(*user);
    auto settings = co_await stores::user_settings::load(turn.unit(), turn.user_.id);
    turn.settings_ = settings ? std::move(*settings) : defaults_for(turn.user_);
    const auto balance = co_await stores::ledger::balance(turn.unit(), turn.user_.id);
    turn.balance_ = balance.available;
    if (!balance.opened) {
      open_purse(turn);
    }
    refresh(turn, facts);
  } else {
    const auto columns = co_await avatar_columns(turn.unit());
    create(turn, facts, columns);
  }
  auto chat = co_await stores::chats::load(turn.unit(), facts.chat_id);
  if (chat) {
    turn.chat_ = std::move(*chat);
  } else {
    turn.chat_.chat_id = facts.chat_id;
    turn.chat_.user_id = turn.user_.id;
    // At once: rows of the outbox need it to stand before them.
    stores::chats::save(turn.unit(), turn.chat_);
  }
  turn.chat_as_read_ = turn.chat_;
  co_return turn;
}

Task<stores::avatars::Columns> People::avatar_columns(stores::UnitOfWork& unit) {
  if (demo_avatars_.empty()) {
    co_return stores::avatars::Columns{};
  }
  co_return co_await stores::avatars::columns(unit);
}

void People::open_purse(Turn& turn) {
  const Uuid& user = turn.user_.id;
  stores::ledger::open_accounts(turn.unit(), user);
  turn.granted_ = context_.policy.starting_grant;
  if (turn.granted_ > 0) {
    stores::ledger::grant(turn.unit(), user, "start:" + user.to_string(), turn.granted_);
  }
  turn.balance_ = turn.granted_;
}

void People::create(Turn& turn, const TelegramFacts& facts, const stores::avatars::Columns& columns) {
  stores::UnitOfWork& unit = turn.unit();
  domain::User& user = turn.user_;
  user.id = unit.new_id();
  user.telegram_id = facts.telegram_id;
  user.is_bot = facts.is_bot;
  copy_facts(user, facts);
  user.created_at = unit.now();
  user.updated_at = unit.now();
  stores::users::create(unit, user);
  turn.settings_ = defaults_for(user);
  stores::user_settings::save(unit, user.id, turn.settings_);
  open_purse(turn);
  for (const DemoAvatar& demo : demo_avatars_) {
    turn.new_avatars_.push_back(avatar_of(demo, user.id, unit, turn.new_avatars_.empty()));
    stores::avatars::add(unit, turn.new_avatars_.back(), columns);
  }
}

void People::refresh(Turn& turn, const TelegramFacts& facts) {
  domain::User fresh = turn.user_;
  copy_facts(fresh, facts);
  if (profile(fresh) != profile(turn.user_)) {
    turn.user_ = std::move(fresh);
    stores::users::update_profile(turn.unit(), turn.user_);
  }
  if (turn.user_.is_blocked) {
    set_blocked(turn, false);
  }
}

Result<void> People::save_settings(Turn& turn, domain::UserSettings settings) {
  if (settings.aspect_ratio.empty()) {
    return fail(Errc::option_out_of_range, "empty", about::Field{"aspect_ratio"});
  }
  if (settings.quality_preset.empty()) {
    return fail(Errc::option_out_of_range, "empty", about::Field{"quality_preset"});
  }
  turn.settings_ = std::move(settings);
  stores::user_settings::save(turn.unit(), turn.user_.id, turn.settings_);
  return {};
}

void People::set_blocked(Turn& turn, bool blocked) {
  turn.user_.is_blocked = blocked;
  stores::users::set_blocked(turn.unit(), turn.user_.id, blocked);
}

Task<void> People::mark_blocked(std::int64_t chat_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto chat = co_await stores::chats::load(unit, chat_id);
  if (chat) {
    stores::users::set_blocked(unit, chat->user_id, true);
    co_await unit.commit();
  }
}

Task<std::optional<domain::Avatar>> People::main_avatar(Turn& turn) {
  if (!turn.new_avatars_.empty()) {
    co_return turn.new_avatars_.front();
  }
  co_return co_await stores::avatars::main_of(turn.unit(), turn.user().id);
}

Task<std::vector<domain::Avatar>> People::avatars(Turn& turn) {
  if (!turn.new_avatars_.empty()) {
    co_return turn.new_avatars_;
  }
  co_return co_await stores::avatars::list(turn.unit(), turn.user().id);
}

Task<std::optional<Person>> People::of_chat(std::int64_t chat_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto chat = co_await stores::chats::load(unit, chat_id);
  if (!chat) {
    co_return std::nullopt;
  }
  auto user = co_await stores::users::load(unit, chat->user_id);
  if (!user) {
    co_return std::nullopt;
  }
  auto settings = co_await stores::user_settings::load(unit, user->id);
  Person out;
  out.settings = settings ? std::move(*settings) : defaults_for(*user);
  out.user = std::move(*user);
  out.chat_id = chat_id;
  co_return out;
}

Task<std::int64_t> People::balance(Uuid user_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto balance = co_await stores::ledger::balance(unit, user_id);
  co_return balance.available;
}

Task<std::optional<domain::Avatar>> People::owned_avatar(Uuid user_id, Uuid avatar_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await stores::avatars::load(unit, avatar_id, user_id);
}

}  // namespace aisha::services
