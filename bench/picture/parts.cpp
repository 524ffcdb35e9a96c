// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <exception>
#include <functional>
#include <stdexcept>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/engines.hpp"
#include "base/hashing.hpp"
#include "fake_fal.hpp"
#include "fake_telegram.hpp"
#include "sitters.hpp"
#include "telegram/bot_api.hpp"

namespace aisha::bench {
namespace {

namespace asio = boost::asio;

constexpr int kAtOnce = 4;  // as many as the product keeps at once
constexpr std::int64_t kPerson = 1;

void expect(bool well, const char* what) {
  if (!well) {
    throw std::runtime_error(std::string("a part failed alone: ") + what);
  }
}

class Parts {
 public:
  Parts(const config::Config& config, std::string picture, int times, std::vector<Watched> servers)
      : picture_(std::move(picture)),
        times_(times),
        servers_(std::move(servers)),
        sitters_(kPerson, 1, ""),
        telegram_(io_, sitters_),
        fal_(io_, picture_),
        client_(http::make_client(io_.get_executor())),
        api_(Secret("7000000001:bench"), fmt::format("http://127.0.0.1:{}", telegram_.port()), *client_),
        imager_(app::start_imager(io_.get_executor(), config)) {
    auto opened = app::open_blobs(io_.get_executor(), files_, *client_, config);
    expect(opened.has_value(), "the store");
    blobs_ = std::move(opened->store);
  }

  std::vector<Part> measure() {
    std::vector<Part> out;
    out.push_back(alone("fetch", [this](int) { return fetch(); }));
    out.push_back(alone("judge, clean, thumbnail, thumbhash", [this](int) { return inspect(); }));
    out.push_back(alone("SHA-256", [this](int) { return hash(); }));
    out.push_back(alone("two objects put", [this](int n) { return put(n); }));
    // Whoever put it could have kept it.
    out.push_back(alone("object read again", [this](int n) { return get(n); }));
    out.back().counts = false;
    out.push_back(alone("message edited", [this](int) { return send(); }));
    return out;
  }

 private:
  /// std::function: the steps differ in what they capture.
  using Step = std::function<Task<void>(int)>;

  Task<void> repeat(const Step& step) {
    while (begun_ < times_) {
      const int n = begun_++;
      co_await step(n);
    }
  }

  double used() const {
    double sum = tree_seconds(getpid());
    for (const Watched& server : servers_) {
      sum += tree_seconds(server.pid);
    }
    return sum;
  }

  Part alone(std::string name, const Step& step) {
    begun_ = 0;
    int running = kAtOnce;
    std::exception_ptr problem;
    const double before = used();
    for (int i = 0; i < kAtOnce; ++i) {
      asio::co_spawn(io_, repeat(step), [&](const std::exception_ptr& thrown) {
        problem = thrown ? thrown : problem;
        --running;
      });
    }
    while (running > 0) {
      io_.restart();
      io_.run_one();
    }
    if (problem) {
      std::rethrow_exception(problem);
    }
    return {.name = std::move(name), .milliseconds = (used() - before) * 1000 / times_};
  }

  Task<void> fetch() {
    http::Request request;
    request.url = fal_.picture_url();
    request.max_body = 32U << 20U;
    const auto got = co_await client_->send(std::move(request));
    expect(got && got->body.size() == picture_.size(), "fetch");
  }
  Task<void> inspect() {
    auto seen = co_await imager_->inspect(picture_);
    expect(seen.has_value(), "imager");
    thumbnail_ = std::move(seen->thumbnail_webp);
  }
  Task<void> hash() {
    const std::string sum = co_await sha256_in_pieces(picture_);
    expect(!sum.empty(), "hash");
  }
  Task<void> put(int n) {
    const auto one = co_await blobs_->put(blobs::Bucket::generated, key(n, "jpg"), picture_, "image/jpeg");
    const auto two = co_await blobs_->put(blobs::Bucket::generated, key(n, "webp"), thumbnail_, "image/webp");
    expect(one && two, "put");
  }
  Task<void> get(int n) {
    const auto got = co_await blobs_->get(blobs::Bucket::generated, key(n, "jpg"));
    expect(got && got->size() == picture_.size(), "get");
  }
  Task<void> send() {
    telegram::EditMessageMedia call;
    call.chat_id = kPerson;
    call.message_id = 1;
    call.media.file = telegram::Upload{picture_, "aisha.jpg", "image/jpeg"};
    call.media.caption = "✨";
    const auto answer = co_await api_.edit_message_media(std::move(call));
    expect(answer.has_value(), "message");
  }

  static std::string key(int n, const char* extension) { return fmt::format("bench/{}.{}", n, extension); }

  std::string picture_;
  int times_;
  std::vector<Watched> servers_;
  asio::io_context io_{1};
  asio::thread_pool files_{1};
  Sitters sitters_;
  FakeTelegram telegram_;
  FakeFal fal_;
  std::unique_ptr<http::Client> client_;
  telegram::BotApi api_;
  std::unique_ptr<imaging::Imager> imager_;
  std::unique_ptr<blobs::BlobStore> blobs_;
  std::string thumbnail_;
  int begun_ = 0;
};

}  // namespace

std::vector<Part> measure_parts(const config::Config& config, const std::string& picture, int times,
                                const std::vector<Watched>& servers) {
  Parts parts(config, picture, times, servers);
  return parts.measure();
}

}  // namespace aisha::bench
