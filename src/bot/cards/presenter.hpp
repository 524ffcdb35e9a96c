// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"
#include "bot/cards/card.hpp"
#include "bot/cards/photo_source.hpp"
#include "bot/cards/send_doubts.hpp"
#include "domain/chat.hpp"
#include "services/context/lease.hpp"
#include "telegram/bot_api.hpp"
#include "telegram/flood.hpp"

namespace aisha::bot {

/// Telegram as one bot sees it.
struct ChatOutput {
  telegram::BotApi& client;
  telegram::FloodGate& flood;
  SendDoubts& doubts;
  Clock& clock;

  /// After a call that may as well be lost: only a flood counts.
  template <class Answer>
  void heard(std::int64_t chat_id, const Answer& answer) const {
    if (!answer && answer.error().kind == telegram::ErrorKind::flood) {
      flood.refused(chat_id, answer.error().retry_after, clock.now());
    }
  }
};

/// How showing ended.
enum class Shown {
  done,
  unreachable,  ///< the person blocked the bot
  later,        ///< Telegram wants the chat left alone for longer than a moment, or it may be there already
};

/// Puts cards into chats: one menu card a chat, changed in place by the cheapest call, sent anew below
/// when the person wrote meanwhile. Navigation never deletes. Waits a moment while the chat is flooded; repeats what is
/// safe to repeat; throws services::Away when Telegram stays away, so that the update comes again later, and
/// std::runtime_error when it refuses for another reason or the lease is over before a call: another process may have
/// shown something newer (a picture) in that message.
class Presenter {
 public:
  Presenter(ChatOutput line, PhotoSource& photos) : output_(line), photos_(photos) {}

  /// Makes `card` the chat's menu card. `pressed` is the message whose button was pressed (0: the person wrote): only
  /// the menu card itself is changed in place. Updates the card fields of `chat`; the caller commits them. `trace`: for
  /// the log.
  Task<Shown> show(Uuid trace, domain::Chat& chat, Card card, std::int64_t pressed, services::Lease lease = {});

  /// Takes a card away that another one replaced below: a talk keeps pictures, not old menus and dead questions. One
  /// too old to be deleted loses its keyboard. Only once the new one is committed: a card that a person has bought
  /// under meanwhile is where their picture arrives. Best effort: a card left with its keyboard still works. Whether it
  /// is gone.
  Task<bool> retire(std::int64_t chat_id, std::int64_t message_id, services::Lease lease);

  /// How long the chat is flooded yet, when that is longer than `show` waits; else nothing.
  std::optional<Millis> flooded(std::int64_t chat_id) const;
  /// How long `show` for that trace ended with `later`.
  Millis pause_of(Uuid trace, std::int64_t chat_id) const;

  /// These photos are likely to be shown next: what Telegram knows them by is read ahead. Best effort.
  Task<void> expect(std::vector<Photo> photos) { return photos_.read_ahead(std::move(photos)); }

  /// Changes one message that is no menu card: a result that was removed, or came back. `only_buttons`: photo and
  /// caption are as the card says already.
  Task<Shown> replace(std::int64_t chat_id, Uuid owner, std::int64_t message_id, Card card, bool only_buttons,
                      services::Lease lease = {});

 private:
  struct Place;
  Task<Shown> edit(Uuid trace, domain::Chat& chat, const Card& card, services::Lease lease);
  Task<Shown> send(Uuid trace, domain::Chat& chat, const Card& card, services::Lease lease);
  Task<telegram::ApiResult<telegram::Message>> call_edit(const Place& place, const Card& card,
                                                         const std::string& photo_key);
  Task<telegram::ApiResult<telegram::Message>> call_media(const Place& place, const Card& card);
  Task<void> strip(std::int64_t chat_id, std::int64_t message_id, services::Lease lease);
  Task<bool> pause_after(std::int64_t chat_id, const telegram::ApiError& error, int failures);
  Task<bool> wait_until_free(std::int64_t chat_id);

  ChatOutput output_;
  PhotoSource& photos_;
};

}  // namespace aisha::bot
