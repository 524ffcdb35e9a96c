// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/dispatcher.hpp"

#include <fmt/format.h>

#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <stdexcept>

#include "base/log.hpp"
#include "bot/dispatch/routes.hpp"
#include "services/outbox/tell_again.hpp"
#include "telegram/update_head.hpp"

namespace aisha::bot {
namespace {

constexpr int kRuns = 4;  ///< the first and three more after conflicts
constexpr std::size_t kMostSentCards = 10'000;

/// The others ask nothing of us, whatever stands in them.
bool is_read(telegram::UpdateKind kind) {
  switch (kind) {
    case telegram::UpdateKind::message:
    case telegram::UpdateKind::callback_query:
    case telegram::UpdateKind::my_chat_member: return true;
    case telegram::UpdateKind::inline_query:
    case telegram::UpdateKind::edited_message:
    case telegram::UpdateKind::other: return false;
  }
  return false;
}

Task<void> settle_debts(services::UpdateTurn& turn, const services::ClaimedUpdate& update) {
  if (turn.actor().is_owed() && !turn.actor().is_being_erased()) {
    std::string occasion = std::to_string(update.update_id);
    co_await services::tell_again(turn.actor(), std::move(occasion));
  }
}

}  // namespace

/// One update on its way; survives the runs that conflicts cause.
struct Dispatcher::Run {
  services::ClaimedUpdate update;
  Event event;
  Executor executor;
  std::shared_ptr<CallbackAnswer> answer;  ///< none for messages
  std::int64_t sent_card = 0;              ///< a card sent before a commit that failed: changed instead of sent again
  std::int64_t replaced = 0;               ///< the chat's card before

  void say(std::string toast) const {
    if (answer) {
      CallbackAnswer::send_aside(executor, answer, std::move(toast));
    }
  }
};

Task<void> Dispatcher::handle(services::ClaimedUpdate update) {
  const telegram::UpdateKind kind = telegram::update_kind(update.kind);
  if (kind == telegram::UpdateKind::inline_query) {
    co_await inline_answers_.handle(std::move(update));
    co_return;
  }
  if (!is_read(kind)) {
    co_await inbox_.done(std::move(update));
    co_return;
  }
  auto event = parse_event(update.body);
  if (!event) {
    log::warn(update.trace, "update {} is no update: {}", update.update_id, event.error().detail);
    co_await inbox_.poison(std::move(update), Errc::update_malformed);
    co_return;
  }
  if (event->kind == Event::Kind::unsupported) {
    co_await inbox_.done(std::move(update));
    co_return;
  }
  if (event->kind == Event::Kind::blocked || event->kind == Event::Kind::unblocked) {
    co_await note_membership(std::move(update), std::move(*event));
    co_return;
  }
  Run run;
  run.update = std::move(update);
  run.event = std::move(*event);
  run.executor = co_await boost::asio::this_coro::executor;
  if (!run.event.callback_id.empty()) {
    run.answer = std::make_shared<CallbackAnswer>(chat_actions_.client(), run.event.callback_id, run.update.trace);
    CallbackAnswer::guard(run.executor, run.answer, chat_actions_.clock());
  }
  if (run.event.kind == Event::Kind::foreign) {
    const auto language = domain::text_of(domain::language_for(run.event.facts.language_code));
    run.say(bot_.library.in(language).plain("toast.not_found"));
    co_await inbox_.done(std::move(run.update));
    co_return;
  }
  const Millis wait = co_await inbox_.admit(run.update, run.event.facts.telegram_id);
  if (wait > Millis(0)) {
    co_await turn_away(run, wait);
    co_return;
  }
  const auto sent = sent_cards_.find(run.update.trace);
  run.sent_card = sent == sent_cards_.end() ? 0 : sent->second;
  for (int i = 0; i < kRuns; ++i) {
    const bool ended = co_await attempt(run);
    if (ended) {
      co_return;
    }
  }
  throw std::runtime_error("an update met a conflict in every run");
}

/// Nothing is read for somebody who sends faster than a person can: a press is told how long to wait, and so is the
/// first of the messages.
Task<void> Dispatcher::turn_away(Run& run, Millis wait) {
  const auto& facts = run.event.facts;
  const auto& texts = bot_.library.in(domain::text_of(domain::language_for(facts.language_code)));
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  std::string words = texts.plain("toast.too_fast", {{"time", texts.count("count.seconds_in", seconds)}});
  if (run.answer) {
    run.say(std::move(words));
  } else {
    const calls::Place place{facts.chat_id, run.event.topic_id};
    co_await chat_actions_.say_once(place, std::move(words), wait);
  }
  co_await inbox_.done(std::move(run.update));
}

/// False when everything is to be read and decided again.
Task<bool> Dispatcher::attempt(Run& run) {
  services::UpdateTurn turn = co_await inbox_.open(bot_.people, run.update, run.event.facts);
  services::ChatState& chat = turn.chat();
  run.replaced = chat.row.card_message_id;
  if (run.sent_card != 0) {
    chat.row.card_message_id = run.sent_card;
    chat.row.photo_key.clear();
  }
  chat.message_id = run.event.message_id;
  chat.row.topic_id = run.event.topic_id;
  chat.pressed = run.event.kind == Event::Kind::press;
  if (!chat.pressed) {
    chat.row.last_seen_message_id = run.event.message_id;
  }
  FlowContext context{bot_, turn.actor(), chat, run.event.text};
  Reply reply = co_await routes::handle(context, run.event);
  // Behind what the flow writes: numbers of the outbox come last.
  co_await settle_debts(turn, run.update);
  const auto committed = co_await carry_out(run, turn, reply);
  if (committed) {
    sent_cards_.erase(run.update.trace);
    co_await afterwards(run, turn, std::move(reply));
    co_return true;
  }
  if (committed.error().code == Errc::conflict) {
    co_return false;
  }
  // Errc::lease_lost: another worker has the update now. Errc::telegram_flood: it is back in its lane.
  log::info(run.update.trace, "update {}: {}", run.update.update_id, committed.error().detail);
  co_return true;
}

Task<Result<void>> Dispatcher::carry_out(Run& run, services::UpdateTurn& turn, Reply& reply) {
  if (reply.effect) {
    co_return co_await effect_first(run, turn, reply);
  }
  if (!reply.card) {
    run.say(reply.toast);
    co_return co_await turn.commit();
  }
  const auto flooded = presenter_.flooded(turn.chat().row.chat_id);
  run.say(flooded && reply.toast.empty() ? flood_toast(turn, *flooded) : reply.toast);
  const Shown shown = co_await show(run, turn, reply);
  if (shown == Shown::later) {
    co_return co_await make_room_or_wait(run, turn, replaces(run, reply));
  }
  if (shown == Shown::unreachable) {
    bot_.people.set_blocked(turn.actor(), true);
  }
  co_return co_await turn.commit();
}

std::string Dispatcher::flood_toast(const services::UpdateTurn& turn, Millis wait) const {
  const auto& texts = bot_.library.in(domain::text_of(turn.actor().settings().language));
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return texts.plain("toast.flood", {{"time", texts.count("count.seconds_in", seconds)}});
}

/// The screen cannot be shown yet. A press whose card was pressed again needs no screen of its own; what it changed
/// counts. Everything else comes again when the chat is free.
Task<Result<void>> Dispatcher::make_room_or_wait(Run& run, services::UpdateTurn& turn, bool replaces) {
  const bool pressed_again = !replaces && co_await overtaken(run);
  if (pressed_again) {
    co_return co_await turn.commit();
  }
  const Millis wait = presenter_.pause_of(run.update.trace, turn.chat().row.chat_id);
  co_await inbox_.defer(run.update, wait);
  co_return fail(Errc::telegram_flood, fmt::format("waits {} s for its chat", wait.count() / 1'000));
}

Task<bool> Dispatcher::overtaken(const Run& run) {
  if (run.event.kind != Event::Kind::press) {
    co_return false;
  }
  const auto behind = co_await inbox_.behind(run.update);
  if (!behind || telegram::update_kind(behind->kind) != telegram::UpdateKind::callback_query) {
    co_return false;
  }
  const auto next = parse_event(behind->body);
  co_return next && next->kind == Event::Kind::press && next->message_id == run.event.message_id;
}

Task<Result<void>> Dispatcher::effect_first(Run& run, services::UpdateTurn& turn, Reply& reply) {
  auto committed = co_await turn.commit();
  if (committed) {
    run.say(reply.toast);
  }
  if (committed && reply.card && replaces(run, reply)) {
    // A flooded chat keeps the buttons it has: an older one says that it was pressed before.
    const domain::Chat& chat = turn.chat().row;
    co_await presenter_.replace(chat.chat_id, chat.user_id, run.event.message_id, std::move(*reply.card),
                                reply.only_buttons, run.update.lease);
  }
  co_return committed;
}

/// Whether a message that is no menu card is to be changed. What the menu card shows stands in the chat's row, so
/// whatever changes it goes that way.
bool Dispatcher::replaces(const Run& run, const Reply& reply) {
  return reply.in_place && run.event.message_id != run.replaced;
}

Task<Shown> Dispatcher::show(Run& run, services::UpdateTurn& turn, Reply& reply) {
  domain::Chat& chat = turn.chat().row;
  if (replaces(run, reply)) {
    co_return co_await presenter_.replace(chat.chat_id, chat.user_id, run.event.message_id, std::move(*reply.card),
                                          reply.only_buttons, run.update.lease);
  }
  const std::int64_t before = chat.card_message_id;
  const bool again = run.sent_card != 0;
  const std::int64_t pressed =
      again ? run.sent_card : (run.event.kind == Event::Kind::press ? run.event.message_id : 0);
  const Shown shown =
      co_await presenter_.show(run.update.trace, chat, std::move(*reply.card), pressed, run.update.lease);
  if (chat.card_message_id != before) {
    run.sent_card = chat.card_message_id;
    remember_card(run.update.trace, run.sent_card);
  }
  if (run.replaced != 0 && chat.card_message_id != run.replaced) {
    bot_.gallery.left_behind(turn.actor(), run.replaced, turn.chat().as_read.photo_key);
  }
  co_return shown;
}

void Dispatcher::remember_card(Uuid trace, std::int64_t message_id) {
  if (sent_cards_.size() >= kMostSentCards) {
    // Updates that were given up, or that another process has ended.
    sent_cards_.clear();
  }
  sent_cards_[trace] = message_id;
}

Task<void> Dispatcher::afterwards(const Run& run, const services::UpdateTurn& turn, Reply reply) {
  const std::int64_t chat_id = turn.chat().row.chat_id;
  // Without the new one's number nobody knows whether it is there: then the old one stays.
  if (run.replaced != 0 && run.sent_card != 0 && run.sent_card != run.replaced) {
    const bool gone = co_await presenter_.retire(chat_id, run.replaced, run.update.lease);
    if (gone && domain::id_in_result_photo_key(turn.chat().as_read.photo_key)) {
      co_await bot_.gallery.message_gone(chat_id, run.replaced);
    }
  }
  co_await presenter_.expect(std::move(reply.next));
  if (reply.prompted) {
    prompts_.note(*reply.prompted, turn.chat().row.last_seen_message_id);
  }
  if (reply.seen) {
    co_await chat_actions_.react(run.update.trace, chat_id, run.event.message_id, "👀");
  }
}

/// Who opens a turn is no longer blocked; what could not be told to them meanwhile follows. Somebody who never wrote is
/// met when they do.
Task<void> Dispatcher::note_membership(services::ClaimedUpdate update, Event event) {
  services::UpdateTurn turn = co_await inbox_.open(bot_.people, update, std::move(event.facts));
  if (turn.actor().is_new()) {
    co_await inbox_.done(std::move(update));
    co_return;
  }
  if (event.kind == Event::Kind::blocked) {
    bot_.people.set_blocked(turn.actor(), true);
  } else {
    co_await settle_debts(turn, update);
  }
  const auto committed = co_await turn.commit();
  if (!committed && committed.error().code == Errc::conflict) {
    throw std::runtime_error("a block met a conflict");
  }
}

}  // namespace aisha::bot
