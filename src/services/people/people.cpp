// SPDX-License-Identifier: Apache-2.0
#include "services/people/people.hpp"

#include <algorithm>
#include <tuple>

#include "domain/prompt_text.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/people/actor_row.hpp"
#include "stores/people/chats.hpp"
#include "stores/people/erased_people.hpp"
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

const std::string& name_in(const DemoAvatar& demo, domain::Language language) {
  return language == domain::Language::ru || demo.name_en.empty() ? demo.name : demo.name_en;
}

auto profile(const domain::User& u) {
  return std::tie(u.first_name, u.last_name, u.username, u.language_code, u.is_premium);
}

domain::Avatar avatar_of(const DemoAvatar& demo, const domain::User& user, stores::UnitOfWork& unit, bool is_main) {
  domain::Avatar out;
  out.id = unit.new_id();
  out.user_id = user.id;
  out.name = name_in(demo, domain::language_for(user.language_code));
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

Task<Visit> People::open(std::unique_ptr<stores::UnitOfWork> unit, TelegramFacts facts, Uuid trace) {
  Actor actor(context_, std::move(unit), trace);
  actor.chat_id_ = facts.chat_id;
  ChatState chat;
  auto known = co_await stores::actor_row::find(actor.unit(), facts.telegram_id, facts.chat_id);
  if (known) {
    actor.settings_ = known->settings ? std::move(*known->settings) : defaults_for(known->user);
    actor.user_ = std::move(known->user);
    actor.main_avatar_ = std::move(known->main_avatar);
    actor.balance_ = known->available.value_or(0);
    actor.is_owed_ = known->is_owed;
    actor.is_being_erased_ = known->is_being_erased;
    if (!known->available && !known->is_being_erased) {
      open_purse(actor);
    }
    if (!known->is_being_erased) {
      refresh(actor, facts);
    }
  } else {
    actor.is_back_ = co_await was_erased(actor.unit(), facts.telegram_id);
    const auto columns = co_await avatar_columns(actor.unit());
    create(actor, facts, columns);
  }
  if (known && known->chat) {
    chat.row = std::move(*known->chat);
  } else {
    chat.row.chat_id = facts.chat_id;
    chat.row.user_id = actor.user_.id;
    // At once: rows of the outbox need it to stand before them.
    stores::chats::save(actor.unit(), chat.row);
  }
  chat.as_read = chat.row;
  Visit visit{std::move(actor), std::move(chat)};
  co_return visit;
}

Task<stores::avatars::Columns> People::avatar_columns(stores::UnitOfWork& unit) {
  if (demo_avatars_.empty()) {
    co_return stores::avatars::Columns{};
  }
  co_return co_await stores::avatars::columns(unit);
}

Task<bool> People::was_erased(stores::UnitOfWork& unit, std::int64_t telegram_id) {
  if (marks_.empty()) {
    co_return false;
  }
  co_return co_await stores::erased_people::has(unit, marks_.of(telegram_id));
}

void People::open_purse(Actor& actor) {
  const Uuid& user = actor.user_.id;
  stores::ledger::open_accounts(actor.unit(), user);
  const std::int64_t coins = actor.is_back_ ? 0 : context_.policy.starting_grant;
  if (coins > 0) {
    stores::ledger::grant(actor.unit(), user, "start:" + user.to_string(), coins);
  }
  actor.granted_ = coins;
  actor.balance_ = coins;
}

void People::create(Actor& actor, const TelegramFacts& facts, const stores::avatars::Columns& columns) {
  stores::UnitOfWork& unit = actor.unit();
  domain::User& user = actor.user_;
  user.id = unit.new_id();
  user.telegram_id = facts.telegram_id;
  user.is_bot = facts.is_bot;
  copy_facts(user, facts);
  user.created_at = unit.now();
  user.updated_at = unit.now();
  stores::users::create(unit, user);
  actor.settings_ = defaults_for(user);
  stores::user_settings::save(unit, user.id, actor.settings_);
  open_purse(actor);
  for (const DemoAvatar& demo : demo_avatars_) {
    const domain::Avatar avatar = avatar_of(demo, user, unit, !actor.main_avatar_.has_value());
    stores::avatars::add(unit, avatar, columns);
    if (avatar.is_main) {
      actor.main_avatar_ = avatar;
    }
  }
}

void People::refresh(Actor& actor, const TelegramFacts& facts) {
  domain::User fresh = actor.user_;
  copy_facts(fresh, facts);
  // Who never chose another language than their Telegram's goes along when that changes.
  const domain::Language before = domain::language_for(actor.user_.language_code);
  const domain::Language now = domain::language_for(fresh.language_code);
  if (before != now && actor.settings_.language == before && !fresh.language_code.empty()) {
    actor.settings_.language = now;
    stores::user_settings::save(actor.unit(), actor.user_.id, actor.settings_);
  }
  if (profile(fresh) != profile(actor.user_)) {
    actor.user_ = std::move(fresh);
    stores::users::update_profile(actor.unit(), actor.user_);
  }
  if (actor.user_.is_blocked) {
    set_blocked(actor, false);
  }
}

Result<void> People::save_settings(Actor& actor, domain::UserSettings settings) {
  if (settings.aspect_ratio.empty()) {
    return fail(Errc::option_out_of_range, "empty", about::Field{"aspect_ratio"});
  }
  if (settings.quality_preset.empty()) {
    return fail(Errc::option_out_of_range, "empty", about::Field{"quality_preset"});
  }
  actor.settings_ = std::move(settings);
  stores::user_settings::save(actor.unit(), actor.user_.id, actor.settings_);
  return {};
}

void People::set_zone(Actor& actor, std::string zone) {
  stores::users::set_zone(actor.unit(), actor.user_.id, zone);
  actor.user_.timezone = std::move(zone);
}

const DemoAvatar* People::demo_of(const domain::Avatar& avatar) const {
  const auto found = std::ranges::find_if(demo_avatars_, [&avatar](const DemoAvatar& demo) {
    // Where its file lies may have changed since it was copied.
    return demo.trigger_word == avatar.trigger_word && demo.trigger_phrase == avatar.trigger_phrase &&
           demo.photo == avatar.photo;
  });
  return found == demo_avatars_.end() ? nullptr : &*found;
}

std::string People::name_of(const domain::Avatar& avatar, domain::Language language) const {
  const DemoAvatar* demo = demo_of(avatar);
  // A person may have given it a name of their own.
  const bool is_renamed = demo != nullptr && avatar.name != demo->name && avatar.name != demo->name_en;
  return demo == nullptr || is_renamed ? avatar.name : name_in(*demo, language);
}

void People::set_blocked(Actor& actor, bool blocked) {
  actor.user_.is_blocked = blocked;
  stores::users::set_blocked(actor.unit(), actor.user_.id, blocked);
}

Task<void> People::mark_blocked(std::int64_t chat_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto chat = co_await stores::chats::load(unit, chat_id);
  if (chat) {
    stores::users::set_blocked(unit, chat->user_id, true);
    co_await unit.commit();
  }
}

Task<std::optional<Listener>> People::of_chat(std::int64_t chat_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await stores::actor_row::of_chat(unit, chat_id);
  if (!found) {
    co_return std::nullopt;
  }
  Listener out;
  out.user_id = found->user.id;
  out.settings = found->settings ? std::move(*found->settings) : defaults_for(found->user);
  out.timezone = std::move(found->user.timezone);
  out.balance = found->available;
  out.topic_id = found->topic_id;
  out.card_revision = found->card_revision;
  out.is_being_erased = found->is_being_erased;
  co_return out;
}

}  // namespace aisha::services
