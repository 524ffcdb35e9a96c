// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/errors.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace aisha::sandbox::telegram {
namespace {

bool upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool all_caps(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return upper(c) || c == '_' || (c >= '0' && c <= '9'); });
}

std::string_view prefix_of(int code) {
  switch (code) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 409: return "Conflict";
    case 429: return "Too Many Requests";
    default: return "Internal Server Error";
  }
}

}  // namespace

const json::Value& ApiAnswer::result() const {
  static const json::Value kNull;
  const auto* found = body.is_object() ? body.get_object().if_contains("result") : nullptr;
  return found == nullptr ? kNull : *found;
}

std::string_view ApiAnswer::description() const {
  const auto* found = body.is_object() ? body.get_object().if_contains("description") : nullptr;
  return found == nullptr || !found->is_string() ? std::string_view() : std::string_view(found->get_string());
}

ApiAnswer error_answer(const Refusal& refusal) {
  int code = refusal.code;
  std::string text = refusal.text;
  if (code == 429) {
    text = fmt::format("retry after {}", refusal.retry_after);
  }
  if (code < 400 || (code == 403 && all_caps(text))) {
    code = 400;
  }
  if (text.size() == 1 || (text.size() > 1 && text[1] != '_' && !upper(text[1]))) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  const std::string_view prefix = prefix_of(code);
  ApiAnswer answer;
  answer.status = code;
  json::Object body{{"ok", false},
                    {"error_code", code},
                    {"description", text.empty() ? std::string(prefix) : fmt::format("{}: {}", prefix, text)}};
  if (refusal.retry_after > 0) {
    body["parameters"] = json::Object{{"retry_after", refusal.retry_after}};
    answer.retry_after = refusal.retry_after;
  }
  answer.body = std::move(body);
  return answer;
}

ApiAnswer ok_answer(json::Value result, std::string_view description) {
  json::Object body{{"ok", true}, {"result", std::move(result)}};
  if (!description.empty()) {
    body["description"] = description;
  }
  return ApiAnswer{200, std::move(body), 0};
}

}  // namespace aisha::sandbox::telegram
