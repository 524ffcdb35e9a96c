// SPDX-License-Identifier: Apache-2.0
#include <list>

#include "stores/people/actor_row.hpp"
#include "stores/people/user_settings.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

using namespace testing;
using ::testing::ElementsAre;

class People : public StoreTest {
 protected:
  /// Statements' texts outlive the connections.
  const char* kept(std::string text) { return texts_.emplace_back(std::move(text)).c_str(); }

  domain::Avatar avatar(const std::string& name, bool is_main) {
    domain::Avatar a;
    a.id = Uuid::v7(db().now(), rng_);
    a.user_id = user_.id;
    a.name = name;
    a.gender = "FEMALE";
    a.kind = domain::AvatarKind::portrait;
    a.status = domain::AvatarStatus::completed;
    a.lora_url = "https://files.example/lora.safetensors";
    a.trigger_word = "TOK";
    a.photo = "face.png";
    a.is_main = is_main;
    clock_.advance(Millis(1));
    const auto columns = ask([](UnitOfWork& u) { return stores::avatars::columns(u); });
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::avatars::add(u, a, columns); }));
    return a;
  }

  /// The person as whoever acts.
  std::optional<stores::actor_row::ActorRow> actor(std::int64_t telegram_id = 1001) {
    return ask([&](UnitOfWork& u) { return stores::actor_row::find(u, telegram_id, telegram_id); });
  }

 private:
  static inline std::list<std::string> texts_;
};
INSTANTIATE_TEST_SUITE_P(Engines, People, ::testing::ValuesIn(engines()), case_name);

TEST_P(People, AUserIsFoundByTheTelegramId) {
  const auto found = actor();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user.id, user_.id);
  EXPECT_EQ(found->user.telegram_id, 1001);
  EXPECT_EQ(found->user.first_name, "Анна");
  EXPECT_EQ(found->user.last_name, "");
  EXPECT_EQ(found->user.created_at, clock_.now());
  EXPECT_FALSE(actor(404));
}

TEST_P(People, ASecondUserOfOneTelegramIdIsAConflict) {
  domain::User twin = user_;
  twin.id = Uuid::v7(db().now(), rng_);
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::users::create(u, twin); }));
}

TEST_P(People, AProfileAndTheBlockAreKept) {
  domain::User changed = user_;
  changed.first_name = "Anna";
  changed.username = "anna";
  changed.is_premium = true;
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::users::update_profile(u, changed);
    stores::users::set_blocked(u, user_.id, true);
  }));
  const auto found = std::optional(actor()->user);
  EXPECT_EQ(found->first_name, "Anna");
  EXPECT_EQ(found->username, "anna");
  EXPECT_TRUE(found->is_premium);
  EXPECT_TRUE(found->is_blocked);
}

TEST_P(People, SettingsAreAbsentUntilTheyAreSaved) {
  const auto load = [&] { return actor()->settings; };
  EXPECT_FALSE(load());
  domain::UserSettings settings;
  for (const char* ratio : {"1:1", "16:9"}) {
    settings.aspect_ratio = ratio;
    settings.language = domain::Language::ru;
    settings.confirm = true;
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::user_settings::save(u, user_.id, settings); }));
    EXPECT_EQ(load()->aspect_ratio, ratio);
  }
  EXPECT_EQ(load()->language, domain::Language::ru);
  EXPECT_TRUE(load()->confirm);
}

TEST_P(People, AChatComesBackAsItWasSaved) {
  auto chat = ask([](UnitOfWork& u) { return stores::chats::load(u, 1001); });
  ASSERT_TRUE(chat);
  chat->card_message_id = 5;
  chat->card_revision = 6;
  chat->photo_key = "home";
  chat->awaits = domain::Awaits::prompt;
  chat->draft = "кот";
  chat->album = "13579";
  chat->awaits_until = clock_.now() + Millis(1000);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::chats::save(u, *chat); }));
  const auto again = ask([](UnitOfWork& u) { return stores::chats::load(u, 1001); });
  EXPECT_EQ(again->card_message_id, 5);
  EXPECT_EQ(again->card_revision, 6);
  EXPECT_EQ(again->photo_key, "home");
  EXPECT_EQ(again->awaits, domain::Awaits::prompt);
  EXPECT_EQ(again->draft, "кот");
  EXPECT_EQ(again->album, "13579");
  EXPECT_EQ(again->awaits_until, chat->awaits_until);
  EXPECT_EQ(again->version, chat->version);
}

TEST_P(People, OfTwoHandlersOfOneChatTheSecondIsToldToReadAgain) {
  auto first = ask([](UnitOfWork& u) { return stores::chats::load(u, 1001); });
  auto second = first;
  EXPECT_TRUE(write([&](UnitOfWork& u) { stores::chats::save(u, *first); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::chats::save(u, *second); }));
  EXPECT_TRUE(write([&](UnitOfWork& u) {
    stores::chats::save(u, *first);
    stores::chats::save(u, *first);
  })) << "one unit may save twice";
}

TEST_P(People, TwoHandlersThatMeetANewChatMakeOneRow) {
  domain::Chat chat;
  chat.chat_id = 55;
  chat.user_id = user_.id;
  domain::Chat same = chat;
  EXPECT_TRUE(write([&](UnitOfWork& u) { stores::chats::save(u, chat); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::chats::save(u, same); }));
}

TEST_P(People, TheMainAvatarIsTheMarkedOneElseTheOldestUsable) {
  const auto main = [&] { return actor()->main_avatar; };
  EXPECT_FALSE(main());
  const auto first = avatar("first", false);
  const auto second = avatar("second", false);
  EXPECT_EQ(main()->id, first.id);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::set_main(u, user_.id, second.id); }));
  EXPECT_EQ(main()->id, second.id);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::set_main(u, user_.id, first.id); }));
  EXPECT_EQ(main()->id, first.id);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM avatars WHERE is_main = true")), 1);
}

TEST_P(People, AMainAvatarThatNothingCanBeMadeWithGivesWayToAUsableOne) {
  const auto main = [&] { return actor()->main_avatar->name; };
  const auto set = [&](const char* statement) {
    sql::Batch batch;
    batch.push_back({sql::Statement(sql::Text::lasting(statement)), 1});
    ASSERT_TRUE(run(db().write(std::move(batch))));
  };
  avatar("broken", true);
  EXPECT_EQ(main(), "broken");
  set("UPDATE avatars SET diffusers_lora_file_url = NULL WHERE name = 'broken'");
  EXPECT_EQ(main(), "broken") << "there is no other";
  avatar("usable", false);
  EXPECT_EQ(main(), "usable");
  avatar("second main", true);
  EXPECT_EQ(main(), "second main");
  avatar("third main", true);
  EXPECT_EQ(main(), "second main") << "of two the older one, whatever was written since";
  set("UPDATE avatars SET status = 'TRAINING' WHERE name = 'second main'");
  EXPECT_EQ(main(), "third main");
}

TEST_P(People, ANameThatNobodyKnowsMakesAnAvatarUnusableAndNothingWorse) {
  avatar("odd", true);
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE avatars SET status = 'RETIRED', training_type = 'OTHER'"), 1});
  ASSERT_TRUE(run(db().write(std::move(batch))));
  const auto found = actor()->main_avatar;
  EXPECT_EQ(found->status, domain::AvatarStatus::error);
  EXPECT_FALSE(domain::check_usable(*found));
}

// The statement repeats domain::check_usable: which of two is chosen says whether it takes an avatar for usable.
TEST_P(People, TheStatementTakesForUsableWhatTheDomainDoes) {
  const auto set = [&](const std::string& change) {
    sql::Batch batch;
    batch.push_back(
        {sql::Statement(sql::Text::lasting(kept("UPDATE avatars SET " + change + " WHERE name = 'judged'"))), 1});
    ASSERT_TRUE(run(db().write(std::move(batch))));
  };
  avatar("usable", false);
  const auto judged = avatar("judged", true);
  for (const char* status : {"DRAFT", "PHOTOS_UPLOADING", "READY_FOR_TRAINING", "TRAINING", "COMPLETED", "ERROR",
                             "CANCELLED", "completed", "RETIRED"}) {
    for (const char* parts :
         {"finetune_id = NULL, diffusers_lora_file_url = NULL", "finetune_id = '', diffusers_lora_file_url = ''",
          "finetune_id = 'f', diffusers_lora_file_url = NULL",
          "finetune_id = NULL, diffusers_lora_file_url = 'https://files.example/l'"}) {
      set(fmt::format("status = '{}', {}", status, parts));
      const auto as_read = ask([&](UnitOfWork& u) { return stores::avatars::load(u, judged.id, user_.id); });
      const bool usable = domain::check_usable(*as_read).has_value();
      EXPECT_EQ(actor()->main_avatar->name, usable ? "judged" : "usable") << status << ", " << parts;
    }
  }
}

TEST_P(People, WhoActsComesWithTheChatAndTheCoinsAndWhoIsToldWithTheirs) {
  const auto found = actor();
  EXPECT_EQ(found->available, balance().available);
  ASSERT_TRUE(found->chat);
  EXPECT_EQ(found->chat->chat_id, 1001);
  EXPECT_FALSE(found->settings);
  EXPECT_FALSE(found->main_avatar);
  const auto elsewhere = ask([](UnitOfWork& u) { return stores::actor_row::find(u, 1001, 404); });
  EXPECT_FALSE(elsewhere->chat);
  const auto listener = ask([](UnitOfWork& u) { return stores::actor_row::of_chat(u, 1001); });
  EXPECT_EQ(listener->user.id, user_.id);
  EXPECT_EQ(listener->available, balance().available);
  EXPECT_FALSE(ask([](UnitOfWork& u) { return stores::actor_row::of_chat(u, 404); }));
}

TEST_P(People, AZoneComesInAFormThatCountsDaysAndStaysAsItWasWritten) {
  const auto zone = [&] { return actor()->user.timezone; };
  for (const auto& [written, usual] :
       {std::pair{"'UTC+5'", "GMT+5"}, {"NULL", "Europe/Moscow"}, {"'Mars'", "Europe/Moscow"}}) {
    sql::Batch batch;
    const std::string text = fmt::format("UPDATE users SET timezone = {}", written);
    batch.push_back({sql::Statement(sql::Text::lasting(kept(text))), 1});
    ASSERT_TRUE(run(db().write(std::move(batch))));
    EXPECT_EQ(zone(), usual);
  }
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE users SET timezone = 'UTC+5'"), 1});
  ASSERT_TRUE(run(db().write(std::move(batch))));
  const auto read = actor()->user;
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::users::update_profile(u, read); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM users WHERE timezone = 'UTC+5'")), 1);
}

TEST_P(People, AnAvatarComesBackAsItWasAddedAndOnlyToItsOwner) {
  const auto added = avatar("me", true);
  const auto found = ask([&](UnitOfWork& u) { return stores::avatars::load(u, added.id, user_.id); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "me");
  EXPECT_EQ(found->kind, domain::AvatarKind::portrait);
  EXPECT_EQ(found->status, domain::AvatarStatus::completed);
  EXPECT_EQ(found->lora_url, added.lora_url);
  EXPECT_EQ(found->photo, "face.png");
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return stores::avatars::load(u, added.id, Uuid{}); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::avatars::set_main(u, Uuid{}, added.id); }));
}

TEST_P(People, NamesInLowerCaseOfOlderInstallationsAreRead) {
  const auto added = avatar("old", true);
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE avatars SET status = 'completed', training_type = 'style'"), 1});
  ASSERT_TRUE(run(db().write(std::move(batch))));
  const auto found = ask([&](UnitOfWork& u) { return stores::avatars::load(u, added.id, user_.id); });
  EXPECT_EQ(found->status, domain::AvatarStatus::completed);
  EXPECT_EQ(found->kind, domain::AvatarKind::style);
}

TEST_P(People, AThrownAwayAvatarIsNowhereButAmongThoseThatCanComeBack) {
  const auto first = avatar("first", true);
  const auto second = avatar("second", false);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::bin(u, user_.id, first.id); }));
  EXPECT_EQ(actor()->main_avatar->id, second.id);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return stores::avatars::load(u, first.id, user_.id); }));
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return stores::avatars::find(u, first.id, user_.id); })->own.binned_at);
  const auto all = ask([&](UnitOfWork& u) { return stores::avatars::list(u, user_.id); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].avatar.id, first.id);
  EXPECT_EQ(all[0].binned_at, clock_.now());
  EXPECT_FALSE(all[1].binned_at);
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::avatars::bin(u, user_.id, first.id); })) << "it is there already";
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::avatars::bin(u, Uuid{}, second.id); })) << "not theirs";
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::bin(u, user_.id, second.id); }));
  EXPECT_FALSE(actor()->main_avatar) << "none is left, and the person is found all the same";
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::restore(u, user_.id, first.id); }));
  EXPECT_EQ(actor()->main_avatar->id, first.id);
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::avatars::restore(u, user_.id, first.id); }));
}

TEST_P(People, AnEmptiedAvatarKeepsItsRowAndNothingElse) {
  const auto gone = avatar("gone", true);
  const auto kept = avatar("kept", false);
  const auto to_empty = [&](TimePoint before) {
    return ask([&](UnitOfWork& u) { return stores::avatars::to_empty(u, before, 9); });
  };
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::bin(u, user_.id, gone.id); }));
  EXPECT_TRUE(to_empty(clock_.now()).empty());
  const auto due = to_empty(clock_.now() + Millis(1));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].id, gone.id);
  const auto columns = ask([](UnitOfWork& u) { return stores::avatars::columns(u); });
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::empty(u, gone.id, columns); }));
  EXPECT_TRUE(to_empty(clock_.now() + Millis(1)).empty());
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::avatars::empty(u, gone.id, columns); })) << "once";
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::avatars::restore(u, user_.id, gone.id); })) << "for good";
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return stores::avatars::find(u, gone.id, user_.id); }));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return stores::avatars::list(u, user_.id); }).size(), 1U);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM avatars WHERE id = $1 AND name = '' AND trigger_word = ''"
                                  " AND trigger_phrase IS NULL AND finetune_id IS NULL"
                                  " AND diffusers_lora_file_url IS NULL AND is_main = false",
                                  gone.id)),
            1);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM avatar_faces WHERE avatar_id = $1", gone.id)), 0);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM avatar_faces WHERE avatar_id = $1", kept.id)), 1);
}

TEST_P(People, AnAvatarIsRenamedByItsOwnerAlone) {
  const auto mine = avatar("mine", true);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::avatars::rename(u, user_.id, mine.id, "🦊 'x'"); }));
  EXPECT_EQ(actor()->main_avatar->name, "🦊 'x'");
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::avatars::rename(u, Uuid{}, mine.id, "theirs"); }));
}

TEST_P(People, PicturesOfAnAvatarAreCountedWhileTheyAreThere) {
  const auto mine = avatar("mine", true);
  const auto count = [&] {
    return ask([&](UnitOfWork& u) { return stores::avatars::find(u, mine.id, user_.id); })->pictures;
  };
  EXPECT_EQ(count(), 0);
  const Uuid picture = succeeded("t1").id;
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE generation_requests SET avatar_id = $1", mine.id), 1});
  ASSERT_TRUE(run(db().write(std::move(batch))));
  EXPECT_EQ(count(), 1);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::soft_delete(u, picture, user_.id); }));
  EXPECT_EQ(count(), 0);
}

TEST_P(People, AZoneIsWrittenForItsPersonAlone) {
  make_user(2002, 0);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::users::set_zone(u, user_.id, "Asia/Vladivostok"); }));
  EXPECT_EQ(actor()->user.timezone, "Asia/Vladivostok");
  EXPECT_EQ(actor(2002)->user.timezone, "Europe/Moscow");
}

}  // namespace
}  // namespace aisha
