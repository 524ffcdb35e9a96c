// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_writer.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/json.hpp"
#include "providers/fal/answers.hpp"

namespace aisha::providers::fal {
namespace {

constexpr int kMostTokens = 400;
constexpr std::size_t kMostBytes = 1U << 20U;
constexpr std::string_view kTranslate =
    "Translate this picture description into English for an image model. Output the translation only. Add nothing.";
constexpr std::string_view kEnhance =
    "Rewrite this picture description in at most 60 English words. Keep subject and intent, add light, setting and "
    "lens."
    " Output the description only.";

std::unexpected<Error> away(std::string why) {
  return fail(Errc::writer_unavailable, std::move(why));
}

}  // namespace

Task<Result<std::string>> FalWriter::write(Rewriting what, std::string words) {
  json::Object body;
  body["model"] = options_.model;
  body["system_prompt"] = what == Rewriting::translate ? kTranslate : kEnhance;
  body["prompt"] = words;
  body["temperature"] = 0;
  body["max_tokens"] = kMostTokens;
  http::Request request;
  request.method = "POST";
  request.url = options_.run_url + "/" + kWriterEndpoint;
  request.headers = {{"Authorization", "Key " + options_.key.reveal()}, {"Content-Type", "application/json"}};
  request.body = json::serialize(body);
  request.timeout = options_.timeout;
  request.max_body = kMostBytes;
  request.repeatable = true;
  const auto answer = co_await http_.send(std::move(request));
  if (!answer) {
    co_return away(answer.error().detail);
  }
  if (answer->status / 100 != 2) {
    co_return away(fmt::format("HTTP {}: {}", answer->status, read_complaint(*answer).detail));
  }
  const auto read = json::parse(answer->body);
  const json::Object* object = read ? read->if_object() : nullptr;
  std::string written = object == nullptr ? std::string() : text_at(*object, "output");
  if (written.empty()) {
    co_return away("the answer has no words");
  }
  co_return written;
}

}  // namespace aisha::providers::fal
