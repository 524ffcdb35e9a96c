// SPDX-License-Identifier: Apache-2.0
#include "app/metrics/metered_clients.hpp"

#include <algorithm>
#include <cctype>

#include "base/json.hpp"

namespace aisha::app {
namespace {

using Steady = std::chrono::steady_clock;

Millis since(Steady::time_point begun) {
  return std::chrono::duration_cast<Millis>(Steady::now() - begun);
}

double seconds(Millis time) {
  return static_cast<double>(time.count()) / 1000.0;
}

/// The last segment of the path, when it is a word as all methods are; files have dots.
std::string method_of(std::string_view url) {
  const std::string_view last = url.substr(url.rfind('/') + 1);
  const bool word = !last.empty() && last.size() <= 40 &&
                    std::ranges::all_of(last, [](unsigned char c) { return std::isalpha(c) != 0; });
  return std::string(word ? last : "file");
}

std::string_view outcome_of(const Result<http::Response>& answer) {
  if (!answer) {
    return answer.error().code == Errc::net_not_sent ? "not_sent" : "no_answer";
  }
  switch (answer->status) {
    case 200: return "ok";
    case 400: return "refused";
    case 401: return "unauthorized";
    case 403: return "blocked";
    case 409: return "conflict";
    case 429: return "flood";
    default: return answer->status >= 500 ? "failed" : "refused";
  }
}

double retry_after(const std::string& body) {
  const auto answer = json::parse(body);
  const auto* object = answer ? answer->if_object() : nullptr;
  const auto* parameters = object != nullptr ? object->if_contains("parameters") : nullptr;
  const auto* members = parameters != nullptr ? parameters->if_object() : nullptr;
  const auto* after = members != nullptr ? members->if_contains("retry_after") : nullptr;
  return after != nullptr && after->is_int64() ? static_cast<double>(after->get_int64()) : 0;
}

/// Counts one call when it is told the answer.
class Call {
 public:
  Call(metrics::Registry& registry, std::string_view whose, std::string_view name)
      : registry_(registry), whose_(whose), name_(name) {}

  template <class T>
  void ended(const Result<T>& answer) const {
    ended(answer ? "ok" : code_of(answer.error().code));
  }
  void ended(std::string_view code) const {
    const metrics::Label call{"call", std::string(name_)};
    const std::string family = "aisha_" + std::string(whose_);
    registry_.counter(family + "_calls_total", "Calls by kind and outcome.", {call, {"code", std::string(code)}}).add();
    registry_.histogram(family + "_call_seconds", "Time until the answer.", metrics::kPatient, {call})
        .observe(seconds(since(begun_)));
  }

 private:
  metrics::Registry& registry_;
  std::string_view whose_;
  std::string_view name_;
  Steady::time_point begun_ = Steady::now();
};

}  // namespace

MeteredTelegram::MeteredTelegram(http::Client& next, metrics::Registry& registry)
    : next_(next),
      registry_(registry),
      flood_(registry.counter("aisha_telegram_flood_wait_seconds_total", "Seconds that Telegram told us to wait.")) {}

Task<Result<http::Response>> MeteredTelegram::send(http::Request request) {
  const std::string method = method_of(request.url);
  const auto begun = Steady::now();
  auto answer = co_await next_.send(std::move(request));
  count(method, answer, since(begun));
  co_return answer;
}

void MeteredTelegram::count(std::string_view method, const Result<http::Response>& answer, Millis took) {
  const metrics::Label of{"method", std::string(method)};
  const std::string_view outcome = outcome_of(answer);
  registry_.counter("aisha_telegram_calls_total", "Calls of the Bot API.", {of, {"outcome", std::string(outcome)}})
      .add();
  if (answer && answer->status == 429) {
    flood_.add(retry_after(answer->body));
  }
  // A long poll takes as long as nobody writes.
  if (method != "getUpdates") {
    registry_.histogram("aisha_telegram_call_seconds", "Time until Telegram's answer.", metrics::kQuick, {of})
        .observe(seconds(took));
  }
}

Task<Result<providers::RemoteJob>> MeteredProvider::submit(providers::Submission submission) {
  const Call call(registry_, "provider", "submit");
  auto answer = co_await next_.submit(std::move(submission));
  call.ended(answer);
  co_return answer;
}

Task<Result<providers::RemoteStatus>> MeteredProvider::status(providers::RemoteJob job) {
  const Call call(registry_, "provider", "status");
  auto answer = co_await next_.status(std::move(job));
  call.ended(answer);
  co_return answer;
}

Task<Result<providers::RemoteResult>> MeteredProvider::result(providers::RemoteJob job, providers::OutputShape shape) {
  const Call call(registry_, "provider", "result");
  auto answer = co_await next_.result(std::move(job), std::move(shape));
  call.ended(answer);
  co_return answer;
}

Task<Result<providers::CancelOutcome>> MeteredProvider::cancel(providers::RemoteJob job) {
  const Call call(registry_, "provider", "cancel");
  auto answer = co_await next_.cancel(std::move(job));
  call.ended(answer);
  co_return answer;
}

Task<Result<std::string>> MeteredProvider::download(std::string url) {
  const Call call(registry_, "provider", "download");
  auto answer = co_await next_.download(std::move(url));
  call.ended(answer);
  co_return answer;
}

Task<Result<std::string>> MeteredProvider::upload(std::string bytes, std::string content_type, std::string file_name) {
  const Call call(registry_, "provider", "upload");
  auto answer = co_await next_.upload(std::move(bytes), std::move(content_type), std::move(file_name));
  call.ended(answer);
  co_return answer;
}

Task<Result<void>> MeteredBlobs::put(blobs::Bucket bucket, std::string key, std::string bytes,
                                     std::string content_type) {
  const Call call(registry_, "blob", "put");
  auto answer = co_await next_.put(bucket, std::move(key), std::move(bytes), std::move(content_type));
  call.ended(answer);
  co_return answer;
}

Task<Result<void>> MeteredBlobs::put_file(blobs::Bucket bucket, std::string key, blobs::BlobFile file,
                                          std::string content_type) {
  const Call call(registry_, "blob", "put_file");
  auto answer = co_await next_.put_file(bucket, std::move(key), std::move(file), std::move(content_type));
  call.ended(answer);
  co_return answer;
}

Task<Result<Digest>> MeteredBlobs::digest(blobs::Bucket bucket, std::string key) {
  const Call call(registry_, "blob", "digest");
  auto answer = co_await next_.digest(bucket, std::move(key));
  call.ended(answer);
  co_return answer;
}

Task<Result<std::string>> MeteredBlobs::get(blobs::Bucket bucket, std::string key) {
  const Call call(registry_, "blob", "get");
  auto answer = co_await next_.get(bucket, std::move(key));
  call.ended(answer);
  co_return answer;
}

Task<Result<blobs::BlobInfo>> MeteredBlobs::stat(blobs::Bucket bucket, std::string key) {
  const Call call(registry_, "blob", "stat");
  auto answer = co_await next_.stat(bucket, std::move(key));
  call.ended(answer);
  co_return answer;
}

Task<Result<std::vector<std::string>>> MeteredBlobs::list(blobs::Bucket bucket, std::string prefix, std::string after,
                                                          std::size_t limit) {
  const Call call(registry_, "blob", "list");
  auto answer = co_await next_.list(bucket, std::move(prefix), std::move(after), limit);
  call.ended(answer);
  co_return answer;
}

Task<Result<void>> MeteredBlobs::remove(blobs::Bucket bucket, std::string key) {
  const Call call(registry_, "blob", "remove");
  auto answer = co_await next_.remove(bucket, std::move(key));
  call.ended(answer);
  co_return answer;
}

Task<std::vector<std::string>> MeteredBlobs::remove_all(blobs::Bucket bucket, std::vector<std::string> keys) {
  const Call call(registry_, "blob", "remove_all");
  auto left = co_await next_.remove_all(bucket, std::move(keys));
  call.ended(left.empty() ? "ok" : "partly");
  co_return left;
}

Task<std::optional<std::string>> MeteredCache::get(std::string key) {
  const auto begin = key.find(':') + 1;
  std::string entry = key.substr(begin, key.find(':', begin) - begin);
  auto value = co_await next_.get(std::move(key));
  // An empty value only says that the truth has just changed.
  const bool hit = value && !value->empty();
  registry_
      .counter("aisha_cache_reads_total", "Questions to short memory.",
               {{"entry", std::move(entry)}, {"outcome", hit ? "hit" : "miss"}})
      .add();
  co_return value;
}

}  // namespace aisha::app
