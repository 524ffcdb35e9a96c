// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "sandbox/telegram/keyboard.hpp"
#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/media.hpp"
#include "sandbox/telegram/methods.hpp"
#include "sandbox/telegram/people_actions.hpp"
#include "sandbox/telegram/render.hpp"
#include "sandbox/telegram/utf.hpp"

/// Inline mode: what a person types, what the bot offers, what somebody else gets.
namespace aisha::sandbox::telegram {
namespace {

constexpr std::size_t kKeptQueries = 1'000;

/// One cached photo: InlineQueryResultCachedPhoto.
Checked<Message> read_result(Context& context, const Params& result) {
  if (result.text("type") != "photo" || !result.has("photo_file_id")) {
    return refuse("Can't parse inline query result: the sandbox knows photos with a photo_file_id only");
  }
  const auto media = find_media(context, Message::Kind::photo, "photo_file_id", result.text("photo_file_id"));
  if (!media) {
    return std::unexpected(media.error());
  }
  auto caption = checked_text(result, true);
  if (!caption) {
    return std::unexpected(caption.error());
  }
  auto markup = read_markup(result, context.bot.has_inline);
  if (!markup) {
    return std::unexpected(markup.error());
  }
  Message message;
  message.from_bot = true;
  message.kind = Message::Kind::photo;
  message.files = media->known;
  message.text = std::move(*caption);
  message.keyboard = std::move(markup->inline_keyboard);
  return message;
}

Checked<bool> read_results(Context& context, const json::Array& listed, InlineQuery& into) {
  if (std::ssize(listed) > limit("inline_results")) {
    return refuse("RESULTS_TOO_MUCH");
  }
  std::set<std::string> seen;
  for (const json::Value& item : listed) {
    const Params result(item.is_object() ? item.get_object() : json::Object());
    const std::string& id = result.text("id");
    if (id.empty() || std::ssize(id) > limit("inline_result_id")) {
      return refuse("RESULT_ID_INVALID");
    }
    if (!seen.insert(id).second) {
      return refuse("RESULT_ID_DUPLICATE");
    }
    auto message = read_result(context, result);
    if (!message) {
      return std::unexpected(message.error());
    }
    into.ids.push_back(id);
    into.messages.push_back(std::move(*message));
  }
  return true;
}

bool is_start_parameter(const std::string& text) {
  return !text.empty() && std::ssize(text) <= limit("start_payload") &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
}

json::Array sizes_of(const Bot& bot, const Message& message) {
  json::Array out;
  for (const std::string& id : message.files) {
    const StoredFile& file = bot.files.at(id);
    out.emplace_back(json::Object{{"file_unique_id", file.unique_id}, {"width", file.width}, {"height", file.height}});
  }
  return out;
}

json::Object content_json(const Bot& bot, const Message& message) {
  json::Object out{{"photo", sizes_of(bot, message)}, {"caption", message.text.text}};
  if (!message.text.entities.empty()) {
    out["caption_entities"] = entities_json(message.text.entities);
  }
  if (message.keyboard) {
    out["reply_markup"] = *message.keyboard;
  }
  return out;
}

}  // namespace

Outcome answer_inline_query(Context& context) {
  const Params& params = context.params();
  auto& queries = context.core.state.inline_queries;
  const auto found = queries.find(params.text("inline_query_id"));
  const bool late = found == queries.end() || found->second.bot != context.bot.id || found->second.answered_ms != 0 ||
                    context.core.now - found->second.made_ms > limit("inline_age");
  if (late) {
    return refuse("Query is too old and response timeout expired or query ID is invalid");
  }
  const auto listed = params.parsed("results");
  if (!listed || !listed->is_array()) {
    return refuse("Can't parse inline query results: Expected an Array of InlineQueryResult");
  }
  InlineQuery answer;
  if (const auto read = read_results(context, listed->get_array(), answer); !read) {
    return std::unexpected(read.error());
  }
  answer.next_offset = params.text("next_offset");
  if (std::ssize(answer.next_offset) > limit("inline_offset")) {
    return refuse("NEXT_OFFSET_INVALID");
  }
  const auto button = params.parsed("button");
  if (button && button->is_object()) {
    const Params fields(button->get_object());
    if (fields.text("text").empty() || !is_start_parameter(fields.text("start_parameter"))) {
      return refuse("SWITCH_PM_PARAM_INVALID");
    }
    answer.button = button->get_object();
  }
  InlineQuery& query = found->second;
  query.answered_ms = context.core.now;
  query.ids = std::move(answer.ids);
  query.messages = std::move(answer.messages);
  query.next_offset = std::move(answer.next_offset);
  query.button = std::move(answer.button);
  context.core.emit({{"type", "inline"}, {"chat", query.user}, {"bot", query.bot}});
  return true;
}

SimOutcome type_inline(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  Bot& bot = *action.core.bot((*chat)->bot);
  if (!bot.has_inline) {
    return sim_refuse("this bot has no inline mode", 409, "inline.off");
  }
  const std::string& text = action.fields.text("query");
  if (!valid_utf8(text) || std::ssize(text) > 4 * limit("inline_query") || code_points(text) > limit("inline_query")) {
    return sim_refuse("an inline query has at most 256 characters", 400, "inline.too_long");
  }
  InlineQuery query;
  query.id = std::to_string(action.core.draw("inline") >> 1U);
  query.bot = bot.id;
  query.user = (*chat)->user;
  query.made_ms = action.core.now;
  json::Object body{{"id", query.id},
                    {"from", user_json(*action.core.user(query.user))},
                    {"chat_type", "private"},
                    {"query", text},
                    {"offset", action.fields.text("offset")}};
  // A queue of their own: no answer waits behind a message of the same person.
  push_update(action.core, bot, "inline_query", std::move(body), -query.user, limit("inline_age"));
  auto& queries = action.core.state.inline_queries;
  if (queries.size() >= kKeptQueries) {
    queries.erase(std::ranges::min_element(queries, {}, [](const auto& entry) { return entry.second.made_ms; }));
  }
  const std::string id = query.id;
  queries.emplace(id, std::move(query));
  return json::Object{{"inline_query_id", id}};
}

SimOutcome pick_result(const Action& action) {
  const auto chat = action_chat(action);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  auto& queries = action.core.state.inline_queries;
  const auto found = queries.find(action.fields.text("inline_query_id"));
  if (found == queries.end() || found->second.user != (*chat)->user) {
    return sim_refuse("no such inline query of this person", 404, "inline.gone");
  }
  const InlineQuery& query = found->second;
  const auto at = std::ranges::find(query.ids, action.fields.text("pick"));
  if (at == query.ids.end()) {
    return sim_refuse("no such result", 404, "inline.gone");
  }
  const std::int64_t to = action.fields.integer("to", 0, 0, INT64_MAX);
  if (action.core.user(to) == nullptr) {
    return sim_refuse(fmt::format("there is no user {}", to), 404);
  }
  ViaMessage via{query.user, query.bot, query.messages[static_cast<std::size_t>(at - query.ids.begin())]};
  auto& received = action.core.state.received[to];
  via.message.id = std::ssize(received) + 1;
  via.message.made_ms = action.core.now;
  received.push_back(std::move(via));
  action.core.emit({{"type", "received"}, {"chat", to}, {"from", query.user}, {"bot", query.bot}});
  return json::Object{{"to", to}, {"message_id", std::ssize(received)}};
}

json::Object inline_result(const State& state, const InlineQuery& query) {
  const Bot& bot = state.bots.at(query.bot);
  json::Array results;
  for (std::size_t i = 0; i < query.ids.size(); ++i) {
    json::Object one = content_json(bot, query.messages[i]);
    one["id"] = query.ids[i];
    results.emplace_back(std::move(one));
  }
  return {{"answered", query.answered_ms != 0},
          {"results", std::move(results)},
          {"next_offset", query.next_offset},
          {"button", query.button.empty() ? json::Value(nullptr) : json::Value(query.button)}};
}

json::Object received_json(const State& state, std::int64_t user) {
  json::Array out;
  const auto found = state.received.find(user);
  if (found != state.received.end()) {
    for (const ViaMessage& via : found->second) {
      const Bot& bot = state.bots.at(via.bot);
      json::Object one = content_json(bot, via.message);
      one["message_id"] = via.message.id;
      one["date"] = via.message.made_ms / 1000;
      one["from"] = user_json(state.users.at(via.from));
      one["via_bot"] = bot_json(bot);
      out.emplace_back(std::move(one));
    }
  }
  return {{"messages", std::move(out)}};
}

}  // namespace aisha::sandbox::telegram
