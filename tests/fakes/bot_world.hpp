// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "bot/cards/chat_output.hpp"
#include "bot/delivery/chat_blanker.hpp"
#include "bot/delivery/delivery.hpp"
#include "bot/dispatch/dispatcher.hpp"
#include "bot/features/photos/sent_files.hpp"
#include "bot/flow/flow_context.hpp"
#include "services/bin/bin.hpp"
#include "services/bin/clearing.hpp"
#include "services/favourites/collections.hpp"
#include "services/gallery/blanking.hpp"
#include "services/gallery/days.hpp"
#include "services/gallery/own_sheets.hpp"
#include "services/gallery/uploads.hpp"
#include "services/inbox/inbox_worker.hpp"
#include "services/photos/photo_intake.hpp"
#include "services/photos/reference_avatars.hpp"
#include "services/previews/previews.hpp"
#include "services/privacy/archives.hpp"
#include "services/privacy/exporting.hpp"
#include "services/privacy/personal_data.hpp"
#include "telegram/bot_api.hpp"
#include "telegram/flood.hpp"
#include "tests/fakes/fake_telegram.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::fakes {

/// The bot's clock: short waits pass at once on the world's clock; the 700 ms guard of a button never fires unless told
/// to, so that what a handler says comes first as it does in life, and what goes on in the background never wakes up.
class BotClock final : public Clock {
 public:
  explicit BotClock(ManualClock& clock) : clock_(clock) {}
  TimePoint now() const override { return clock_.now(); }
  Task<void> sleep(Millis delay) override;

  bool guards_fire = false;

 private:
  ManualClock& clock_;
};

/// The whole chat side over real services on SQLite in memory and a Telegram in memory.
class BotWorld {
 public:
  static constexpr std::int64_t kChat = ServiceWorld::kChat;

  explicit BotWorld(std::string language = "ru");

  /// Something the person writes; returns its message id.
  std::int64_t write(const std::string& text, std::int64_t person = kChat);
  /// A photo the person sends, with these bytes; returns its message id. Of an album with `group`.
  std::int64_t send_photo(const std::string& bytes, const std::string& group = {}, std::int64_t message_id = 0);
  /// Any other message with such members (`video`, `document`, ...).
  std::int64_t send_message(json::Object members, std::int64_t message_id = 0);
  /// What the person types behind the bot's name in another chat; the bot's answer, empty = none.
  json::Object inline_query(const std::string& query, const std::string& offset = {}, std::int64_t person = kChat);
  /// A press of a button with that data under a message. Returns the toast.
  std::string press(std::int64_t message_id, const std::string& data);
  /// A press by label, under the newest message that has such a button.
  std::string tap(const std::string& label);
  /// Any update of that person; `body` without its update_id.
  void update(json::Object body, std::int64_t person = kChat);
  /// Handles what is due in the inbox, through the inbox's worker; how many updates were begun.
  int take_updates();
  /// Moves generations, the outbox and deferred updates until nothing is due.
  void settle();

  const ChatMessage& newest();
  const ChatMessage& message(std::int64_t id);
  /// The newest message with a button of that label.
  const ChatMessage& with(const std::string& label);
  domain::Chat chat();
  std::int64_t count(sql::Text query) { return world.number(query); }

  ServiceWorld world;
  FakeTelegram telegram;
  BotClock clock{world.clock};
  telegram::FloodGate flood;
  bot::SendDoubts doubts;
  telegram::BotApi client{Secret("1:token"), "http://telegram", telegram};
  services::Previews previews{*world.templates};
  services::Sheets sheets{world.context.clock, world.imager, previews};
  services::OwnSheets own_sheets{world.context, world.blobs, world.imager};
  services::Uploads uploads{world.context};
  services::Days days{world.context};
  services::Collections collections{world.context};
  services::Sharing sharing{world.context, Secret("1:token")};
  services::Bin bin{world.context};
  services::Clearing clearing{world.context};
  services::PersonalData personal_data{world.context};
  services::ReferenceAvatars reference_avatars{world.context, world.people};
  services::Archives archives{world.context, world.blobs, *world.templates, world.people, nullptr};
  services::Exporting exporting{world.context, world.blobs};
  bot::ChatOutput line{client, flood, doubts, clock};
  texts::Library library;
  bot::BotOptions options;
  bot::CatalogView catalog_view{{*world.templates, world.models}, world.policy.price};
  bot::BotServices tools{.people = world.people,
                         .generations = world.generations,
                         .variations = world.variations,
                         .batches = world.batches,
                         .appeals = world.appeals,
                         .gallery = world.gallery,
                         .days = days,
                         .collections = collections,
                         .kept_styles = world.kept_styles,
                         .bin = bin,
                         .picture_search = world.picture_search,
                         .sharing = sharing,
                         .tastes = world.tastes,
                         .avatars = world.avatars,
                         .photos = reference_avatars,
                         .receipts = world.receipts,
                         .personal_data = personal_data,
                         .archives = archives,
                         .catalog_view = catalog_view,
                         .ideas = world.ideas,
                         .library = library,
                         .options = options,
                         .clock = clock};
  bot::PhotoSource photos{sheets, own_sheets, uploads, world.gallery, clock};
  bot::Presenter presenter{line, photos};
  bot::ChatActions chat_actions{line};
  bot::PromptMessages prompts;
  bot::InlineAnswers inline_answers{world.inbox, client, bot::sharing::InlineResults(tools, uploads), clock};
  bot::Dispatcher dispatcher{world.inbox, tools, presenter, chat_actions, prompts, inline_answers};
  bot::Delivery delivery{line, tools, photos, chat_actions, prompts};
  bot::ChatBlanker blanker{{line, tools, photos}};
  bot::photos::SentFiles sent_files{client, chat_actions};
  services::PhotoIntake photo_intake{world.context, world.blobs, world.imager, sent_files, world.people};
  services::InboxWorker taking{world.context, world.inbox, dispatcher};
  services::OutboxWorker sending{world.context, delivery, world.people};
  services::Blanking blanking{world.context, blanker};

 private:
  json::Object person(std::int64_t id = kChat) const;

  std::string language_;
  std::int64_t update_id_ = 1'000'000;
};

}  // namespace aisha::fakes
