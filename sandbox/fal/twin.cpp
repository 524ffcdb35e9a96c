// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/twin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "sandbox/fal/faces.hpp"
#include "sandbox/studio/painter/painter.hpp"

namespace aisha::sandbox::fal {

namespace asio = boost::asio;

struct Twin::Workshop {
  Workshop(const Executor& executor, int threads) : pool(std::size_t(std::max(1, threads))), timer(executor) {}
  asio::thread_pool pool;
  asio::steady_timer timer;
  bool running = true;
};

namespace {

/// What a pool thread needs to paint one request, and what it hands back.
struct Easel {
  Work work;
  std::vector<Sitter> sitters;  ///< one for each seed
};
struct Painted {
  std::vector<StoredFile> files;       ///< ids still empty
  std::vector<std::string> data_uris;  ///< instead of files when asked for
  std::vector<PaintedOf> of;
};

studio::Flaw flaw_on_canvas(std::string_view word) {
  constexpr std::pair<std::string_view, studio::Flaw> kFlaws[] = {
      {"black", studio::Flaw::black}, {"grey", studio::Flaw::grey}, {"blur", studio::Flaw::blur}};
  const auto* found = std::ranges::find(kFlaws, word, &std::pair<std::string_view, studio::Flaw>::first);
  return found == std::end(kFlaws) ? studio::Flaw::none : found->second;
}

/// Runs on a pool thread from beginning to end; it never suspends.
Task<Painted> paint_all(FileStore& files, Easel easel) {
  Painted out;
  for (std::size_t i = 0; i < easel.work.seeds.size(); ++i) {
    Sitter& sitter = easel.sitters[i];
    studio::PaintRequest request;
    request.prompt = easel.work.prompt;
    request.seed = easel.work.seeds[i];
    request.width = easel.work.painted.width, request.height = easel.work.painted.height;
    request.shown_width = easel.work.size.width, request.shown_height = easel.work.size.height;
    request.photo_bytes = std::move(sitter.photo), request.mask_bytes = std::move(sitter.mask);
    request.sitting = sitter.sitting, request.face = sitter.face;
    request.cat_photo = demo_cat().photo, request.cat_mask = demo_cat().mask;
    request.format = easel.work.png ? studio::Format::png : studio::Format::jpeg;
    request.blank = easel.work.blank;
    request.flaw = flaw_on_canvas(easel.work.flaw);
    std::string bytes = studio::paint(request);
    if (easel.work.flaw == "cut") {
      bytes.resize(bytes.size() / 2);
    }
    StoredFile file;
    file.content_type = easel.work.png ? "image/png" : "image/jpeg";
    file.size = bytes.size();
    file.of = sitter.root;
    if (easel.work.inline_data) {
      out.data_uris.push_back(fmt::format("data:{};base64,{}", file.content_type, encoding::base64(bytes)));
    } else {
      file.sha256 = files.save(bytes);
    }
    out.files.push_back(std::move(file));
    out.of.push_back(std::move(sitter.of));
  }
  co_return out;
}

/// Runs on a pool thread.
Task<std::string> save_bytes(FileStore& files, std::string bytes) {
  co_return files.save(bytes);
}

}  // namespace

Twin::Twin(Executor executor, http::Client& client, imaging::Imager& imager, SandboxClock& clock, Faults& faults,
           TwinOptions options)
    : executor_(executor),
      client_(client),
      clock_(clock),
      faults_(faults),
      options_(std::move(options)),
      // Ids of a second run must differ from those of the first, or a restart would hand out known ones.
      rng_(options_.seed),
      queue_(options_.settings, rng_),
      files_(options_.data.empty() ? std::filesystem::path() : options_.data / "fal-files"),
      sitters_(files_, imager),
      journal_(options_.data.empty() ? std::filesystem::path() : options_.data / "fal.jsonl"),
      signer_(fmt::format("fal webhook key {}", options_.seed)),
      forger_("somebody else's key"),
      workshop_(std::make_unique<Workshop>(executor, options_.painters)) {
  restore();
}

Twin::~Twin() {
  workshop_->pool.stop();
  workshop_->pool.join();
}

void Twin::restore() {
  std::map<std::string, json::Value> requests, files;
  for (json::Value& line : journal_.read()) {
    if (const json::Value* request = line.as_object().if_contains("request")) {
      requests.insert_or_assign(std::string(request->at("id").as_string()), *request);
    } else if (const json::Value* file = line.as_object().if_contains("file")) {
      files.insert_or_assign(std::string(file->at("id").as_string()), *file);
    }
  }
  std::vector<json::Value> kept;
  for (const auto& [id, value] : files) {
    if (auto file = json::decode<StoredFile>(value)) {
      files_.add(std::move(*file));
      kept.push_back(json::Object{{"file", value}});
    }
  }
  for (const auto& [id, value] : requests) {
    auto request = json::decode<QueuedRequest>(value);
    if (request && find_endpoint(request->endpoint) != nullptr) {
      queue_.restore(std::move(*request));
      kept.push_back(json::Object{{"request", value}});
      (void)rng_.next();
    }
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    rng_ = SeededRng(rng_.next());
  }
  journal_.rewrite(kept);
}

void Twin::poke() {
  workshop_->timer.cancel();
}

void Twin::stop() {
  workshop_->running = false;
  poke();
}

Task<void> Twin::run() {
  // An advance of the sandbox's clock is noticed within this time even if nobody calls.
  constexpr std::int64_t kLongestNap = 250;
  while (workshop_->running) {
    pump();
    const std::int64_t at = now();
    const std::int64_t due = queue_.next_due().value_or(at + kLongestNap);
    workshop_->timer.expires_after(Millis(std::clamp<std::int64_t>(due - at, 1, kLongestNap)));
    boost::system::error_code woken;
    co_await workshop_->timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
}

void Twin::pump() {
  const auto report = [](const std::exception_ptr& failure) {
    try {
      if (failure) {
        std::rethrow_exception(failure);
      }
    } catch (const std::exception& e) {
      log::error("sandbox fal: {}", e.what());
    }
  };
  queue_.advance(now());
  for (Work& work : queue_.take_work()) {
    asio::co_spawn(executor_, paint(std::move(work)), report);
  }
  for (WebhookDue& due : queue_.take_webhooks(now())) {
    asio::co_spawn(executor_, deliver(std::move(due)), report);
  }
  record_changes();
}

void Twin::record_changes() {
  for (const QueuedRequest* request : queue_.take_changed()) {
    journal_.append(json::Object{{"request", json::encode(*request)}});
  }
}

Task<void> Twin::paint(Work work) {
  const std::string id = work.id;
  Easel easel;
  easel.work = std::move(work);
  const std::vector<std::uint64_t> seeds = easel.work.seeds;
  const Size size = easel.work.size;
  const bool png = easel.work.png;
  std::vector<Picture> pictures;
  try {
    easel.sitters = co_await sitters_.of(easel.work);
    Painted painted =
        co_await asio::co_spawn(workshop_->pool, paint_all(files_, std::move(easel)), asio::use_awaitable);
    const QueuedRequest* request = queue_.find(id, now());
    const std::string origin = request == nullptr ? "" : request->origin;
    for (std::size_t i = 0; i < painted.files.size(); ++i) {
      Picture picture{.url = {}, .seed = seeds[i], .size = size, .png = png, .of = std::move(painted.of[i])};
      if (painted.data_uris.empty()) {
        StoredFile& file = painted.files[i];
        file.id = fmt::format("{}.{}", rng_.hex(10), png ? "png" : "jpeg");
        picture.url = origin + "/fal-files/" + file.id;
        journal_.append(json::Object{{"file", json::encode(file)}});
        files_.add(std::move(file));
      } else {
        picture.url = std::move(painted.data_uris[i]);
      }
      pictures.push_back(std::move(picture));
    }
  } catch (const std::exception& e) {
    log::error("sandbox painter: {}", e.what());
    pictures.clear();
  }
  if (pictures.empty()) {
    queue_.painting_failed(id, now());
  } else {
    queue_.painted(id, pictures, now());
  }
  poke();
}

Task<std::string> Twin::save(std::string bytes) {
  co_return co_await asio::co_spawn(workshop_->pool, save_bytes(files_, std::move(bytes)), asio::use_awaitable);
}

Task<void> Twin::deliver(WebhookDue due) {
  http::Request request;
  request.method = "POST";
  request.url = due.url;
  request.timeout = Millis(15'000);  // fal's first try
  request.headers.push_back({"content-type", "application/json"});
  const Signer& signer = due.forged ? forger_ : signer_;
  // Signed with real time: receivers compare it with their own clock, which the sandbox's advances do not move.
  const std::int64_t seconds = (now() - clock_.offset().count()) / 1000;
  for (auto& [name, value] : signer.headers(due.id, "sandbox-user", seconds, due.body)) {
    request.headers.push_back({name, value});
  }
  request.body = std::move(due.body);
  const auto answer = co_await client_.send(std::move(request));
  queue_.webhook_answered(due.id, answer ? answer->status : 0, now());
  poke();
}

Result<json::Value> Twin::change_settings(const json::Value& body) {
  if (!body.is_object()) {
    return fail(Errc::http_bad_request, "expected an object of settings");
  }
  json::Value merged = json::encode(queue_.settings());
  for (const auto& pair : body.get_object()) {
    if (merged.get_object().if_contains(pair.key()) == nullptr) {
      return fail(Errc::http_bad_request, fmt::format("there is no setting \"{}\"", std::string_view(pair.key())));
    }
    merged.get_object()[pair.key()] = pair.value();
  }
  const auto settings = json::decode<Settings>(merged);
  if (!settings) {
    return fail(Errc::http_bad_request, settings.error().detail);
  }
  const bool sane = settings->queue_ms >= 0 && settings->run_ms >= 0 && settings->concurrency >= 0 &&
                    settings->result_expires_s >= 0 && settings->max_side >= 64 && settings->max_side <= 4096;
  if (!sane) {
    return fail(Errc::http_bad_request, "times and concurrency are 0 or more, max_side is 64 to 4096");
  }
  queue_.set_settings(*settings);
  poke();
  return merged;
}

json::Value Twin::requests() {
  queue_.advance(now());
  json::Array list;
  for (const QueuedRequest* request : queue_.all()) {
    json::Value shown = json::encode(*request);
    list.push_back(std::move(shown));
  }
  return json::Object{{"requests", std::move(list)}};
}

void Twin::reset() {
  queue_.clear();
  queue_.set_settings(options_.settings);
  files_.clear();
  uploads_.clear();
  journal_.rewrite({});
}

}  // namespace aisha::sandbox::fal
