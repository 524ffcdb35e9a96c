// SPDX-License-Identifier: Apache-2.0
#include "telegram/bot_api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/rng.hpp"

namespace aisha::telegram {
namespace {

constexpr Millis kPollMargin{10'000};
constexpr std::size_t kMaxAnswer = 2U << 20U;
constexpr std::size_t kMaxUpdates = 8U << 20U;  // Telegram cuts a batch at about 4 MB
constexpr std::size_t kMaxDownload = 20U << 20U;
// Pictures are smaller; what is larger has more time, in proportion.
constexpr std::ptrdiff_t kUsualUpload = 32LL << 20U;

json::Object object_of(json::Value value) {
  return std::move(value.get_object());
}

/// Parameters as an object, without empty entity lists: most texts have none.
template <class T>
json::Object fields(const T& parameters) {
  json::Object out = object_of(json::encode(parameters));
  for (const char* key : {"entities", "caption_entities"}) {
    const auto* found = out.if_contains(key);
    if (found != nullptr && found->get_array().empty()) {
      out.erase(key);
    }
  }
  return out;
}

http::Part part_of(std::string name, Upload file) {
  return {std::move(name), std::move(file.filename), std::move(file.content_type), std::move(file.bytes)};
}

/// Writes how `file` is referred to; what must be uploaded joins `files`.
void place(json::Object& target, std::string_view field, InputFile file, std::vector<http::Part>& files) {
  if (auto* known = std::get_if<FileId>(&file)) {
    target[field] = known->id;
    return;
  }
  std::string name = fmt::format("f{}", files.size());
  target[field] = "attach://" + name;
  files.push_back(part_of(std::move(name), std::get<Upload>(std::move(file))));
}

bool is_ok(const json::Value& answer) {
  const auto* object = answer.if_object();
  const auto* ok = object != nullptr ? object->if_contains("ok") : nullptr;
  return ok != nullptr && ok->is_bool() && ok->get_bool() && object->contains("result");
}

ApiError unreadable(std::string detail) {
  ApiError error;
  error.kind = ErrorKind::unknown_outcome;
  error.code = Errc::net_unknown;
  error.description = std::move(detail);
  return error;
}

}  // namespace

BotApi::BotApi(Secret token, std::string api_root, http::Client& http, Patience patience)
    : token_(std::move(token)), root_(std::move(api_root)), http_(http), patience_(patience) {
  // Random, so that no uploaded file can hold it.
  SystemRng rng;
  boundary_ = "aisha" + rng.hex(16);
}

http::Request BotApi::request_for(std::string_view method, Repeat repeat) const {
  http::Request request;
  request.method = "POST";
  request.url = fmt::format("{}/bot{}/{}", root_, token_.reveal(), method);
  request.timeout = patience_.call;
  request.max_body = kMaxAnswer;
  request.repeatable = repeat == Repeat::yes;
  return request;
}

http::Request BotApi::json_request(std::string_view method, const json::Value& parameters, Repeat repeat) const {
  http::Request request = request_for(method, repeat);
  request.headers = {{"Content-Type", "application/json"}};
  request.body = json::serialize(parameters);
  return request;
}

http::Request BotApi::file_request(std::string_view method, const json::Object& parameters,
                                   std::vector<http::Part> files, Repeat repeat) const {
  if (files.empty()) {
    return json_request(method, parameters, repeat);
  }
  std::ptrdiff_t bytes = 0;
  for (const http::Part& file : files) {
    bytes += std::ssize(file.body);
  }
  http::Part last = std::move(files.back());
  files.pop_back();
  std::string body = std::move(last.body);
  std::vector<http::Part> parts;
  for (const auto& [key, value] : parameters) {
    http::Part part;
    part.name = std::string(key);
    part.body = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    parts.push_back(std::move(part));
  }
  std::ranges::move(files, std::back_inserter(parts));
  http::MultipartWrap wrap = http::wrap_multipart(parts, last, boundary_);
  http::Request request = request_for(method, repeat);
  request.timeout = patience_.upload * std::max(bytes, kUsualUpload) / kUsualUpload;
  request.headers = {{"Content-Type", std::move(wrap.content_type)}};
  request.body_head = std::move(wrap.head);
  request.body = std::move(body);
  request.body_tail = std::move(wrap.tail);
  return request;
}

Task<Result<http::Response>> BotApi::send(http::Request request) {
  auto response = co_await http_.send(std::move(request));
  if (!response) {
    trouble_ = response.error().code;
  } else if (response->status == 401) {
    trouble_ = Errc::telegram_unauthorized;
  } else {
    trouble_.reset();
  }
  co_return response;
}

Task<ApiResult<json::Value>> BotApi::exchange(http::Request request) {
  const bool is_repeatable = request.repeatable;
  auto response = co_await send(std::move(request));
  if (!response) {
    co_return std::unexpected(error_of(response.error()));
  }
  auto answer = json::parse_briefly(response->body);
  if (!answer || !is_ok(*answer)) {
    ApiError error = error_of(*response);
    // A gateway says so too when Telegram has carried the send out and only its answer was late.
    if (error.kind == ErrorKind::server && !is_repeatable) {
      error.kind = ErrorKind::unknown_outcome;
      error.code = Errc::net_unknown;
    }
    co_return std::unexpected(std::move(error));
  }
  co_return std::move(answer->get_object()["result"]);
}

template <class T>
Task<ApiResult<T>> BotApi::call(http::Request request) {
  auto answer = co_await exchange(std::move(request));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  auto value = json::decode<T>(*answer);
  if (!value) {
    co_return std::unexpected(unreadable(std::move(value.error().detail)));
  }
  co_return std::move(*value);
}

Task<ApiResult<>> BotApi::call_void(http::Request request) {
  auto answer = co_await exchange(std::move(request));
  if (!answer) {
    co_return std::unexpected(std::move(answer.error()));
  }
  co_return ApiResult<>{};
}

Task<ApiResult<User>> BotApi::get_me() {
  return call<User>(json_request("getMe", json::Object{}, Repeat::yes));
}

Task<ApiResult<std::vector<RawUpdate>>> BotApi::get_updates(GetUpdates parameters) {
  http::Request request = json_request("getUpdates", json::encode(parameters), Repeat::yes);
  request.timeout = std::chrono::seconds(parameters.timeout) + std::min(kPollMargin, patience_.call);
  request.max_body = kMaxUpdates;
  auto response = co_await send(std::move(request));
  if (!response) {
    co_return std::unexpected(error_of(response.error()));
  }
  // Not parsed as a whole: one unreadable update must not take the batch with it.
  if (response->status == 200) {
    if (auto updates = cut_updates(response->body)) {
      co_return std::move(*updates);
    }
  }
  co_return std::unexpected(error_of(*response));
}

Task<ApiResult<>> BotApi::set_webhook(SetWebhook parameters, std::optional<Upload> certificate) {
  // Named as the parameter itself: "attach://" is for files inside of objects.
  const json::Object object = object_of(json::encode(parameters));
  std::vector<http::Part> files;
  if (certificate) {
    files.push_back(part_of("certificate", std::move(*certificate)));
  }
  return call_void(file_request("setWebhook", object, std::move(files), Repeat::yes));
}

Task<ApiResult<>> BotApi::delete_webhook() {
  return call_void(json_request("deleteWebhook", json::Object{}, Repeat::yes));
}

Task<ApiResult<WebhookInfo>> BotApi::get_webhook_info() {
  return call<WebhookInfo>(json_request("getWebhookInfo", json::Object{}, Repeat::yes));
}

Task<ApiResult<Message>> BotApi::send_message(SendMessage parameters) {
  return call<Message>(json_request("sendMessage", fields(parameters), Repeat::no));
}

Task<ApiResult<Message>> BotApi::send_photo(SendPhoto parameters) {
  json::Object object = fields(parameters);
  std::vector<http::Part> files;
  place(object, "photo", std::move(parameters.file), files);
  return call<Message>(file_request("sendPhoto", object, std::move(files), Repeat::no));
}

Task<ApiResult<Message>> BotApi::send_document(SendDocument parameters) {
  json::Object object = fields(parameters);
  std::vector<http::Part> files;
  place(object, "document", std::move(parameters.file), files);
  return call<Message>(file_request("sendDocument", object, std::move(files), Repeat::no));
}

Task<ApiResult<std::vector<Message>>> BotApi::send_media_group(SendMediaGroup parameters) {
  json::Object object = fields(parameters);
  json::Array album;
  std::vector<http::Part> files;
  for (InputMedia& member : parameters.media) {
    json::Object media = fields(member);
    place(media, "media", std::move(member.file), files);
    album.emplace_back(std::move(media));
  }
  object["media"] = std::move(album);
  return call<std::vector<Message>>(file_request("sendMediaGroup", object, std::move(files), Repeat::no));
}

Task<ApiResult<>> BotApi::send_chat_action(SendChatAction parameters) {
  return call_void(json_request("sendChatAction", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<Message>> BotApi::edit_message_text(EditMessageText parameters) {
  return call<Message>(json_request("editMessageText", fields(parameters), Repeat::yes));
}

Task<ApiResult<Message>> BotApi::edit_message_caption(EditMessageCaption parameters) {
  return call<Message>(json_request("editMessageCaption", fields(parameters), Repeat::yes));
}

Task<ApiResult<Message>> BotApi::edit_message_media(EditMessageMedia parameters) {
  json::Object media = fields(parameters.media);
  std::vector<http::Part> files;
  place(media, "media", std::move(parameters.media.file), files);
  json::Object object = fields(parameters);
  object["media"] = std::move(media);
  return call<Message>(file_request("editMessageMedia", object, std::move(files), Repeat::yes));
}

Task<ApiResult<Message>> BotApi::edit_message_reply_markup(EditMessageReplyMarkup parameters) {
  return call<Message>(json_request("editMessageReplyMarkup", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::delete_message(DeleteMessage parameters) {
  return call_void(json_request("deleteMessage", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::delete_messages(DeleteMessages parameters) {
  return call_void(json_request("deleteMessages", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::answer_callback_query(AnswerCallbackQuery parameters) {
  return call_void(json_request("answerCallbackQuery", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::answer_inline_query(AnswerInlineQuery parameters) {
  return call_void(json_request("answerInlineQuery", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::set_message_reaction(SetMessageReaction parameters) {
  return call_void(json_request("setMessageReaction", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::set_my_commands(SetMyCommands parameters) {
  return call_void(json_request("setMyCommands", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::set_my_name(SetMyName parameters) {
  return call_void(json_request("setMyName", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::set_my_description(SetMyDescription parameters) {
  return call_void(json_request("setMyDescription", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::set_my_short_description(SetMyShortDescription parameters) {
  return call_void(json_request("setMyShortDescription", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<>> BotApi::set_chat_menu_button(SetChatMenuButton parameters) {
  return call_void(json_request("setChatMenuButton", json::encode(parameters), Repeat::yes));
}

Task<ApiResult<File>> BotApi::get_file(std::string file_id) {
  json::Object parameters;
  parameters["file_id"] = file_id;
  return call<File>(json_request("getFile", parameters, Repeat::yes));
}

Task<ApiResult<std::string>> BotApi::download(std::string file_path) {
  http::Request request;
  request.url = fmt::format("{}/file/bot{}/{}", root_, token_.reveal(), file_path);
  request.timeout = patience_.upload;
  request.max_body = kMaxDownload;
  auto response = co_await send(std::move(request));
  if (!response) {
    co_return std::unexpected(error_of(response.error()));
  }
  if (response->status != 200) {
    co_return std::unexpected(error_of(*response));
  }
  co_return std::move(response->body);
}

}  // namespace aisha::telegram
