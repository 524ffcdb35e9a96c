// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "http/common/multipart.hpp"
#include "telegram/api_error.hpp"
#include "telegram/api_types.hpp"
#include "telegram/inline_methods.hpp"
#include "telegram/methods.hpp"
#include "telegram/setup_methods.hpp"
#include "telegram/update_head.hpp"

namespace aisha::telegram {

/// How long an answer may take; a long poll adds its own waiting.
struct Patience {
  Millis call{15'000};
  Millis upload{60'000};  ///< of a call that carries a file; more in proportion when it is over 32 MB
};

/// The Bot API, one typed call a method. It neither repeats nor waits: what a refusal calls for is the caller's
/// decision
/// (`ErrorKind`). Only sendMessage, sendPhoto, sendDocument and sendMediaGroup do harm when carried out twice; all
/// other calls may be repeated after `unknown_outcome`. Loop thread only; `http` must outlive it. Parameters go by
/// value into the coroutine.
class BotApi {
 public:
  /// `api_root` without a trailing slash, e.g. "https://api.telegram.org".
  BotApi(Secret token, std::string api_root, http::Client& http, Patience patience = {});

  /// Why the last call got no answer of Telegram's or was refused as unauthorized; nothing while all is well.
  std::optional<Errc> trouble() const { return trouble_; }

  Task<ApiResult<User>> get_me();
  /// Errc::net_unknown when the answer is not Telegram's. Waits `timeout` + 10 s for the answer, less with less
  /// patience.
  Task<ApiResult<std::vector<RawUpdate>>> get_updates(GetUpdates parameters);
  /// `certificate` is uploaded along, for an address whose certificate is self-signed.
  Task<ApiResult<>> set_webhook(SetWebhook parameters, std::optional<Upload> certificate);
  Task<ApiResult<>> delete_webhook();
  Task<ApiResult<WebhookInfo>> get_webhook_info();

  Task<ApiResult<Message>> send_message(SendMessage parameters);
  Task<ApiResult<Message>> send_photo(SendPhoto parameters);
  Task<ApiResult<Message>> send_document(SendDocument parameters);
  /// The messages of the album in its order.
  Task<ApiResult<std::vector<Message>>> send_media_group(SendMediaGroup parameters);
  Task<ApiResult<>> send_chat_action(SendChatAction parameters);

  Task<ApiResult<Message>> edit_message_text(EditMessageText parameters);
  Task<ApiResult<Message>> edit_message_caption(EditMessageCaption parameters);
  Task<ApiResult<Message>> edit_message_media(EditMessageMedia parameters);
  Task<ApiResult<Message>> edit_message_reply_markup(EditMessageReplyMarkup parameters);
  Task<ApiResult<>> delete_message(DeleteMessage parameters);
  /// Tells nothing of messages that could not be deleted: only those that are younger than 48 hours are sure to be
  /// gone.
  Task<ApiResult<>> delete_messages(DeleteMessages parameters);
  Task<ApiResult<>> answer_callback_query(AnswerCallbackQuery parameters);
  /// Refused when the query is older than some seconds (core.telegram.org/bots/api, "answerInlineQuery").
  Task<ApiResult<>> answer_inline_query(AnswerInlineQuery parameters);
  Task<ApiResult<>> set_message_reaction(SetMessageReaction parameters);

  Task<ApiResult<>> set_my_commands(SetMyCommands parameters);
  Task<ApiResult<>> set_my_name(SetMyName parameters);
  Task<ApiResult<>> set_my_description(SetMyDescription parameters);
  Task<ApiResult<>> set_my_short_description(SetMyShortDescription parameters);
  Task<ApiResult<>> set_chat_menu_button(SetChatMenuButton parameters);

  Task<ApiResult<File>> get_file(std::string file_id);
  /// The bytes behind `File::file_path`; Telegram serves at most 20 MB.
  Task<ApiResult<std::string>> download(std::string file_path);

 private:
  /// Whether curl may send the request again by itself when a kept connection dies under it.
  enum class Repeat : bool { no, yes };

  http::Request request_for(std::string_view method, Repeat repeat) const;
  http::Request json_request(std::string_view method, const json::Value& parameters, Repeat repeat) const;
  /// JSON, or multipart when there are files to upload.
  http::Request file_request(std::string_view method, const json::Object& parameters, std::vector<http::Part> files,
                             Repeat repeat) const;

  template <class T>
  Task<ApiResult<T>> call(http::Request request);
  Task<ApiResult<>> call_void(http::Request request);
  Task<ApiResult<json::Value>> exchange(http::Request request);
  Task<Result<http::Response>> send(http::Request request);

  Secret token_;
  std::string root_;
  http::Client& http_;
  Patience patience_;
  std::string boundary_;
  std::optional<Errc> trouble_;
};

}  // namespace aisha::telegram
