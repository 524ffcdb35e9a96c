// SPDX-License-Identifier: Apache-2.0
#include "tests/fakes/fake_telegram.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "http/common/multipart.hpp"
#include "tests/fakes/whole_body.hpp"

namespace aisha::fakes {
namespace {

std::string text_of(const json::Object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::int64_t number_of(const json::Object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

json::Object object_of(const json::Object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  return found != nullptr && found->is_object() ? found->get_object() : json::Object();
}

http::Response answer(int status, const json::Object& body) {
  http::Response out;
  out.status = status;
  out.body = json::serialize(body);
  return out;
}

http::Response refusal(int status, const std::string& description, int retry_after = 0) {
  json::Object body{{"ok", false}, {"error_code", status}, {"description", description}};
  if (retry_after > 0) {
    body["parameters"] = json::Object{{"retry_after", retry_after}};
  }
  return answer(status, body);
}

http::Response ok(json::Value result) {
  return answer(200, {{"ok", true}, {"result", std::move(result)}});
}

std::vector<ChatMessage::Button> buttons_of(const json::Object& parameters) {
  std::vector<ChatMessage::Button> out;
  const json::Object markup = object_of(parameters, "reply_markup");
  const auto* rows = markup.if_contains("inline_keyboard");
  if (rows == nullptr) {
    return out;
  }
  for (const auto& row : rows->get_array()) {
    for (const auto& button : row.get_array()) {
      out.push_back({text_of(button.get_object(), "text"), text_of(button.get_object(), "callback_data")});
    }
  }
  return out;
}

json::Value message_json(std::int64_t chat, const ChatMessage& message) {
  json::Object out{
      {"message_id", message.id}, {"date", message.date}, {"chat", json::Object{{"id", chat}, {"type", "private"}}}};
  const json::Object file{{"file_id", message.file_id}, {"file_unique_id", "u"}, {"width", 1}, {"height", 1}};
  if (message.kind == "photo") {
    out["photo"] = json::Array{file};
  } else if (message.kind == "document") {
    out["document"] = file;
  }
  return out;
}

Call read_call(const http::Request& request) {
  Call out;
  out.method = request.url.substr(request.url.rfind('/') + 1);
  const std::string type = request.headers.empty() ? "" : request.headers.front().value;
  if (!type.starts_with("multipart")) {
    const auto body = json::parse(request.body.empty() ? "{}" : request.body);
    out.parameters = body->get_object();
    return out;
  }
  const auto parts = http::read_multipart(type, whole_body(request));
  for (const http::Part& part : *parts) {
    if (!part.filename.empty()) {
      out.uploaded = part.body.size();
      out.file = part.body;
      out.parameters["filename"] = part.filename;
      continue;
    }
    const auto value = json::parse(part.body);
    const bool structured = value && !value->is_string() && part.name != "caption";
    out.parameters[part.name] = structured ? *value : json::Value(part.body);
  }
  return out;
}

}  // namespace

bool ChatMessage::has(std::string_view label) const {
  return std::ranges::any_of(buttons, [&](const Button& b) { return b.text.contains(label); });
}

std::string ChatMessage::data_of(std::string_view label) const {
  for (const Button& button : buttons) {
    if (label.size() > 1 ? button.text.contains(label) : button.text == label) {
      return button.data;
    }
  }
  throw std::logic_error(fmt::format("no button {} under: {}", label, caption));
}

void FakeTelegram::refuse(std::string method, int status, std::string description, int retry_after) {
  refusals_.push_back({std::move(method), status, std::move(description), retry_after});
}

void FakeTelegram::meanwhile(std::string method, std::function<void()> what) {
  meanwhile_method_ = std::move(method);
  meanwhile_ = std::move(what);
}

std::vector<Call> FakeTelegram::calls_of(std::string_view method) const {
  std::vector<Call> out;
  std::ranges::copy_if(calls, std::back_inserter(out), [&](const Call& call) { return call.method == method; });
  return out;
}

Task<Result<http::Response>> FakeTelegram::send(http::Request request) {
  if (request.url.contains("/file/bot")) {
    co_return download(request.url);
  }
  calls.push_back(read_call(request));
  const Call call = calls.back();
  if (meanwhile_ && call.method == meanwhile_method_) {
    std::exchange(meanwhile_, nullptr)();
  }
  if (const auto away = away_.find(call.method); away != away_.end()) {
    if (away->second == 0) {
      co_return fail(Errc::net_not_sent, "scripted");
    }
    co_return refusal(away->second, "scripted");
  }
  const auto scripted = std::ranges::find_if(refusals_, [&](const Refusal& r) { return r.method == call.method; });
  if (scripted != refusals_.end()) {
    const Refusal told = *scripted;
    refusals_.erase(scripted);
    if (told.status == 0) {
      co_return fail(Errc::net_unknown, told.description);
    }
    co_return refusal(told.status, told.description, told.retry_after);
  }
  auto carried_out = carry_out(call);
  if (const auto spoilt = spoilt_.find(call.method); spoilt != spoilt_.end()) {
    co_return refusal(spoilt->second, "scripted");
  }
  co_return carried_out;
}

Result<http::Response> FakeTelegram::download(const std::string& url) {
  const auto file = sent_files.find(url.substr(url.rfind('/') + 1));
  if (file == sent_files.end()) {
    return refusal(404, "Not Found");
  }
  http::Response out;
  out.status = 200;
  out.body = file->second;
  return out;
}

Result<http::Response> FakeTelegram::carry_out(const Call& call) {
  if (call.method == "getFile") {
    const std::string id = text_of(call.parameters, "file_id");
    if (!sent_files.contains(id)) {
      return refusal(400, "Bad Request: invalid file_id");
    }
    return ok(json::Object{{"file_id", id}, {"file_unique_id", id}, {"file_path", id}});
  }
  if (call.method == "answerCallbackQuery") {
    if (answered_.insert(text_of(call.parameters, "callback_query_id")).second) {
      toasts.push_back(text_of(call.parameters, "text"));
    }
    return ok(true);
  }
  if (call.method == "getMe") {
    return ok(json::Object{{"id", 7},
                           {"is_bot", true},
                           {"first_name", "Aisha"},
                           {"username", "aisha_bot"},
                           {"supports_inline_queries", has_inline}});
  }
  if (call.method == "sendMediaGroup") {
    return send_album(call);
  }
  if (call.method.starts_with("send") && call.method != "sendChatAction") {
    return send_message(call);
  }
  if (call.method == "deleteMessage") {
    const bool erased = erase(number_of(call.parameters, "chat_id"), number_of(call.parameters, "message_id"));
    return !erased ? refusal(400, "Bad Request: message to delete not found") : ok(true);
  }
  if (call.method == "deleteMessages") {
    for (const json::Value& id : call.parameters.at("message_ids").get_array()) {
      erase(number_of(call.parameters, "chat_id"), id.get_int64());
    }
    return ok(true);
  }
  if (call.method.starts_with("edit")) {
    auto& messages = chats_[number_of(call.parameters, "chat_id")];
    const auto found = messages.find(number_of(call.parameters, "message_id"));
    if (found == messages.end()) {
      return refusal(400, "Bad Request: message to edit not found");
    }
    return change(call, found->second);
  }
  return ok(true);
}

bool FakeTelegram::erase(std::int64_t chat, std::int64_t message) {
  auto& messages = chats_[chat];
  const auto found = messages.find(message);
  if (found == messages.end() || found->second.date < deletable_since) {
    return false;
  }
  messages.erase(found);
  return true;
}

Result<http::Response> FakeTelegram::send_message(const Call& call) {
  const std::int64_t chat = number_of(call.parameters, "chat_id");
  ChatMessage message;
  message.kind = call.method == "sendPhoto" ? "photo" : call.method == "sendDocument" ? "document" : "text";
  message.file_id = text_of(call.parameters, message.kind);
  if (std::ranges::find(lost_files_, message.file_id) != lost_files_.end()) {
    return refusal(400, "Bad Request: wrong file identifier/HTTP URL specified");
  }
  if (call.uploaded > 0) {
    message.file_id = fmt::format("file-{}", ++files_);
  }
  message.caption = text_of(call.parameters, message.kind == "text" ? "text" : "caption");
  message.buttons = buttons_of(call.parameters);
  message.reply_to = number_of(object_of(call.parameters, "reply_parameters"), "message_id");
  message.id = next_message_id();
  message.date = now;
  chats_[chat][message.id] = message;
  ++sends_;
  return ok(message_json(chat, message));
}

/// What is attached has no id yet.
Result<http::Response> FakeTelegram::send_album(const Call& call) {
  const std::int64_t chat = number_of(call.parameters, "chat_id");
  json::Array sent;
  for (const json::Value& one : call.parameters.at("media").as_array()) {
    ChatMessage message;
    message.kind = text_of(one.get_object(), "type");
    message.file_id = text_of(one.get_object(), "media");
    if (std::ranges::find(lost_files_, message.file_id) != lost_files_.end()) {
      return refusal(400, "Bad Request: wrong file identifier/HTTP URL specified");
    }
    if (message.file_id.starts_with("attach://")) {
      message.file_id = fmt::format("file-{}", ++files_);
    }
    message.reply_to = number_of(object_of(call.parameters, "reply_parameters"), "message_id");
    message.id = next_message_id();
    message.date = now;
    chats_[chat][message.id] = message;
    ++sends_;
    sent.push_back(message_json(chat, message));
  }
  return ok(std::move(sent));
}

Result<http::Response> FakeTelegram::change(const Call& call, ChatMessage& message) {
  ChatMessage next = message;
  if (call.method == "editMessageMedia") {
    const json::Object media = object_of(call.parameters, "media");
    next.kind = text_of(media, "type");
    next.caption = text_of(media, "caption");
    next.file_id = call.uploaded > 0 ? fmt::format("file-{}", ++files_) : text_of(media, "media");
    if (std::ranges::find(lost_files_, next.file_id) != lost_files_.end()) {
      return refusal(400, "Bad Request: wrong file identifier/HTTP URL specified");
    }
  } else if (call.method == "editMessageCaption") {
    next.caption = text_of(call.parameters, "caption");
  } else if (call.method == "editMessageText") {
    return refusal(400, "Bad Request: there is no text in the message to edit");
  }
  next.buttons = buttons_of(call.parameters);
  message = std::move(next);
  return ok(message_json(number_of(call.parameters, "chat_id"), message));
}

}  // namespace aisha::fakes
