// SPDX-License-Identifier: Apache-2.0
#include "sandbox/call_log.hpp"

#include <strings.h>

#include <algorithm>

namespace aisha::sandbox {
namespace {

constexpr std::size_t kKept = 50'000;

/// As a person would write it: numbers and structures instead of their texts.
json::Value readable(std::string_view name, const std::string& text) {
  if (text.starts_with('{') || text.starts_with('[')) {
    if (auto parsed = json::parse(text)) {
      return std::move(*parsed);
    }
  }
  const bool number = name.ends_with("_id") && name != "callback_query_id";
  const auto value = number ? telegram::parse_integer(text) : std::nullopt;
  return value ? json::Value(*value) : json::Value(text);
}

json::Object file_view(const telegram::FileFacts& file) {
  return {
      {"field", file.field}, {"name", file.name}, {"type", file.type}, {"size", file.size}, {"sha256", file.sha256}};
}

json::Object call_view(const CallRecord& call) {
  json::Object out{
      {"n", call.n},         {"bot", call.bot},       {"method", call.method}, {"parameters", call.parameters},
      {"files", call.files}, {"answer", call.answer}, {"status", call.status}, {"at", call.at},
      {"ms", call.ms}};
  out["chat"] = call.chat == 0 ? json::Value(nullptr) : json::Value(call.chat);
  return out;
}

}  // namespace

std::int64_t CallLog::begin(std::int64_t bot, std::string_view method, const telegram::Call& call, std::int64_t chat,
                            std::int64_t now_ms) {
  CallRecord record;
  record.n = ++count_;
  record.bot = bot;
  record.method = method;
  record.chat = chat;
  record.at = now_ms;
  for (const auto& [name, text] : call.params.all()) {
    record.parameters[name] = readable(name, text);
  }
  for (const telegram::FileFacts& file : call.files) {
    record.files.emplace_back(file_view(file));
  }
  records_.push_back(std::move(record));
  if (records_.size() > kKept) {
    records_.pop_front();
  }
  return count_;
}

void CallLog::end(std::int64_t n, int status, json::Value answer, std::int64_t ms) {
  const auto found = std::ranges::lower_bound(records_, n, {}, &CallRecord::n);
  if (found != records_.end() && found->n == n) {
    found->status = status;
    found->answer = std::move(answer);
    found->ms = ms;
  }
}

const CallRecord* CallLog::find(std::int64_t n) const {
  const auto found = std::ranges::lower_bound(records_, n, {}, &CallRecord::n);
  return found != records_.end() && found->n == n ? &*found : nullptr;
}

json::Object CallLog::list(std::int64_t after, std::string_view method, std::int64_t chat) const {
  json::Array out;
  for (auto at = std::ranges::upper_bound(records_, after, {}, &CallRecord::n); at != records_.end(); ++at) {
    const bool same = method.empty() || (method.size() == at->method.size() &&
                                         strncasecmp(method.data(), at->method.data(), method.size()) == 0);
    if (same && (chat == 0 || chat == at->chat)) {
      out.emplace_back(call_view(*at));
    }
  }
  return {{"calls", std::move(out)}};
}

}  // namespace aisha::sandbox
