// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "http/client/client.hpp"

namespace aisha::fakes {

/// A message of the bot as the chat shows it.
struct ChatMessage {
  std::int64_t id = 0;
  std::string kind;  ///< text, photo, document
  std::string caption;
  std::string file_id;
  struct Button {
    std::string text;
    std::string data;
  };
  std::vector<Button> buttons;
  std::int64_t reply_to = 0;
  std::int64_t date = 0;  ///< Unix seconds at which it was sent

  bool has(std::string_view label) const;
  /// Data of the button whose label contains that.
  std::string data_of(std::string_view label) const;
};

/// One request as Telegram saw it.
struct Call {
  std::string method;
  json::Object parameters;
  std::size_t uploaded = 0;  ///< bytes
  std::string file;          ///< those bytes
};

/// The Bot API's chats in memory, below telegram::BotApi: keeps messages, hands out file ids, refuses what Telegram
/// refuses when the bot relies on the refusal. Scripted refusals come first.
class FakeTelegram final : public http::Client {
 public:
  Task<Result<http::Response>> send(http::Request request) override;

  /// The next call of `method` is answered so instead of being carried out; status 0 = no answer arrives.
  void refuse(std::string method, int status, std::string description, int retry_after = 0);
  /// From now on every call of `method` is answered so, until `come_back`; status 0 = no connection.
  void stay_away(std::string method, int status) { away_.insert_or_assign(std::move(method), status); }
  void come_back() {
    away_.clear();
    spoilt_.clear();
  }
  /// From now on every call of `method` is carried out and answered so, until `come_back`.
  void carry_out_but_answer(std::string method, int status) { spoilt_.insert_or_assign(std::move(method), status); }
  /// The bot's messages of a chat, oldest first.
  const std::map<std::int64_t, ChatMessage>& chat(std::int64_t id) { return chats_[id]; }
  void forget_message(std::int64_t chat, std::int64_t id) { chats_[chat].erase(id); }
  /// Ids that Telegram no longer knows.
  void forget_file(const std::string& file_id) { lost_files_.push_back(file_id); }
  std::int64_t next_message_id() { return ++last_id_; }

  /// Called once, before the next call of that method is carried out: what happens meanwhile elsewhere.
  /// std::function: tests write it as a lambda.
  void meanwhile(std::string method, std::function<void()> what);

  /// Files that people sent, by their file ids, as getFile and a download give them.
  std::map<std::string, std::string> sent_files;

  bool has_inline = false;  ///< inline mode, as getMe says
  /// With which messages are dated from now on.
  std::int64_t now = 1;
  /// Messages dated before are not deleted.
  std::int64_t deletable_since = 0;
  std::vector<Call> calls;
  std::vector<std::string> toasts;  ///< first answer to each press, "" for silent ones

  std::vector<Call> calls_of(std::string_view method) const;
  /// How many messages were sent so far, those that are gone too.
  std::size_t sends() const { return sends_; }

 private:
  struct Refusal {
    std::string method;
    int status = 0;
    std::string description;
    int retry_after = 0;
  };
  Result<http::Response> carry_out(const Call& call);
  Result<http::Response> download(const std::string& url);
  bool erase(std::int64_t chat, std::int64_t message);
  Result<http::Response> change(const Call& call, ChatMessage& message);
  Result<http::Response> send_message(const Call& call);
  Result<http::Response> send_album(const Call& call);

  std::map<std::int64_t, std::map<std::int64_t, ChatMessage>> chats_;
  std::deque<Refusal> refusals_;
  std::map<std::string, int> away_;
  std::map<std::string, int> spoilt_;
  std::string meanwhile_method_;
  std::function<void()> meanwhile_;
  std::vector<std::string> lost_files_;
  std::set<std::string> answered_;
  std::int64_t last_id_ = 100;
  int files_ = 0;
  std::size_t sends_ = 0;
};

}  // namespace aisha::fakes
