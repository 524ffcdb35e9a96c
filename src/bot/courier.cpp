// SPDX-License-Identifier: Apache-2.0
#include "bot/courier.hpp"

#include <fmt/core.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/log.hpp"

namespace aisha::bot {
namespace {

constexpr Millis kGuard{700};
constexpr std::size_t kPromptsKept = 4096;

Task<void> guarded(std::shared_ptr<PressAnswer> answer, Clock& clock) {
  co_await clock.sleep(kGuard);
  co_await answer->send(std::string());
}

Task<void> aside(std::shared_ptr<PressAnswer> answer, std::string toast) {
  co_await answer->send(std::move(toast));
}

}  // namespace

Task<void> PressAnswer::send(std::string toast) {
  if (sent_) {
    co_return;
  }
  sent_ = true;
  telegram::AnswerCallbackQuery answer;
  answer.callback_query_id = callback_id_;
  if (!toast.empty()) {
    answer.text = texts::cut_utf16(std::string_view(toast), kToastMax);
  }
  const auto said = co_await client_.answer_callback_query(std::move(answer));
  if (!said && said.error().kind != telegram::ErrorKind::query_too_old) {
    log::info("answer to a button: {}", said.error().description);
  }
}

void PressAnswer::guard(Executor executor, std::shared_ptr<PressAnswer> answer, Clock& clock) {
  boost::asio::co_spawn(executor, guarded(std::move(answer), clock), boost::asio::detached);
}

void PressAnswer::send_aside(Executor executor, std::shared_ptr<PressAnswer> answer, std::string toast) {
  boost::asio::co_spawn(executor, aside(std::move(answer), std::move(toast)), boost::asio::detached);
}

void PromptMessages::note(const Uuid& generation, std::int64_t message_id) {
  if (messages_.size() >= kPromptsKept) {
    messages_.erase(messages_.begin());
  }
  messages_.insert_or_assign(generation, message_id);
}

std::optional<std::int64_t> PromptMessages::take(const Uuid& generation) {
  const auto found = messages_.extract(generation);
  return found.empty() ? std::nullopt : std::optional(found.mapped());
}

std::string document_name(const domain::Generation& picture) {
  const std::size_t dot = picture.object_key.rfind('.');
  const std::string extension = dot == std::string::npos ? ".jpg" : picture.object_key.substr(dot);
  const std::string id = picture.id.to_string();
  return fmt::format("aisha_{}_{}_{}{}", picture.local_day,
                     picture.template_id.empty() ? "prompt" : picture.template_id, id.substr(id.size() - 4), extension);
}

Task<void> Courier::react(std::int64_t chat_id, std::int64_t message_id, std::string emoji) {
  telegram::SetMessageReaction reaction;
  reaction.chat_id = chat_id;
  reaction.message_id = message_id;
  reaction.reaction.emplace_back();
  reaction.reaction.back().emoji = std::move(emoji);
  const auto done = co_await line_.client.set_message_reaction(std::move(reaction));
  if (!done) {
    log::debug("reaction: {}", done.error().description);
  }
}

Task<void> Courier::uploading(std::int64_t chat_id) {
  telegram::SendChatAction action;
  action.chat_id = chat_id;
  action.action = "upload_photo";
  const auto done = co_await line_.client.send_chat_action(std::move(action));
  if (!done && done.error().kind == telegram::ErrorKind::flood) {
    line_.flood.refused(chat_id, done.error().retry_after, line_.clock.now());
  }
}

Task<bool> Courier::document(std::int64_t chat_id, domain::Generation picture, std::string caption) {
  const std::string key = "document/" + picture.id.to_base64url();
  for (int tries = 0; tries < 3; ++tries) {
    telegram::SendDocument send;
    send.chat_id = chat_id;
    send.caption = caption;
    send.disable_content_type_detection = true;
    const auto known = co_await pictures_.file_id(key);
    if (known) {
      send.file = telegram::FileId{*known};
    } else {
      auto original = co_await gallery_.original(picture.user_id, picture.id);
      if (!original) {
        co_return false;
      }
      send.file = telegram::Upload{std::move(original->bytes), document_name(picture), original->content_type};
    }
    const TimePoint now = line_.clock.now();
    const TimePoint free = line_.flood.free_at(chat_id, now);
    if (free > now) {
      co_await line_.clock.sleep(free - now);
    }
    const auto answer = co_await line_.client.send_document(std::move(send));
    if (answer) {
      line_.flood.accepted(chat_id);
      if (!known && answer->document) {
        co_await pictures_.remember(key, answer->document->file_id);
      }
      co_return true;
    }
    switch (answer.error().kind) {
      case telegram::ErrorKind::wrong_file_id: co_await pictures_.forget(key); break;
      case telegram::ErrorKind::flood:
        line_.flood.refused(chat_id, answer.error().retry_after, line_.clock.now());
        break;
      case telegram::ErrorKind::server:
      case telegram::ErrorKind::not_sent: co_await line_.clock.sleep(Millis(500)); break;
      default: co_return false;
    }
  }
  co_return false;
}

}  // namespace aisha::bot
