// SPDX-License-Identifier: Apache-2.0
#include "sandbox/intake.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/encoding.hpp"
#include "http/common/multipart.hpp"
#include "sandbox/fal/faces.hpp"
#include "sandbox/studio/samples/sample_photos.hpp"
#include "sandbox/telegram/photos.hpp"

namespace aisha::sandbox {
namespace {

using telegram::Call;
using telegram::FileFacts;

constexpr unsigned kThreads = 2;

void read_form(std::string_view body, telegram::Params& params) {
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    const auto name = encoding::percent_decode(pair.substr(0, equals), true);
    const auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                        : encoding::percent_decode(pair.substr(equals + 1), true);
    if (name && value && !name->empty()) {
      params.set(*name, *value);
    }
  }
}

using Bytes = std::shared_ptr<const std::string>;

/// On the pool: hashing and writing.
Task<std::string> save(fal::FileStore& files, Bytes bytes) {
  co_return files.save(*bytes);
}

/// On the pool.
Task<FileFacts> recompress(fal::FileStore& files, FileFacts facts, Bytes bytes) {
  const auto photo = telegram::make_photo(*bytes);
  if (photo) {
    facts.width = photo->width;
    facts.height = photo->height;
    for (const telegram::PhotoStep& step : photo->ladder) {
      telegram::LadderStep kept{step.width, step.height, static_cast<std::int64_t>(step.jpeg.size()),
                                files.save(step.jpeg)};
      facts.ladder.push_back(std::move(kept));
    }
  }
  co_return facts;
}

/// On the pool.
Task<std::vector<std::string>> sample_photos() {
  const auto portrait = fal::demo_face("demo-anna");
  co_return studio::make_sample_photos(portrait ? portrait->photo : std::string_view());
}

}  // namespace

struct Intake::Threads {
  boost::asio::thread_pool pool{kThreads};
};

Intake::Intake(Executor executor, fal::FileStore& files)
    : executor_(std::move(executor)), files_(files), threads_(std::make_unique<Threads>()) {}

Intake::~Intake() {
  threads_->pool.join();
}

Task<FileFacts> Intake::keep(FileFacts facts, std::string bytes, bool picture) {
  const auto shared = std::make_shared<const std::string>(std::move(bytes));
  facts.size = static_cast<std::int64_t>(shared->size());
  auto saving = save(files_, shared);
  facts.sha256 = co_await boost::asio::co_spawn(threads_->pool, std::move(saving), boost::asio::use_awaitable);
  if (!picture) {
    co_return facts;
  }
  auto known = known_.find(facts.sha256);
  if (known == known_.end()) {
    auto work = recompress(files_, facts, shared);
    FileFacts done = co_await boost::asio::co_spawn(threads_->pool, std::move(work), boost::asio::use_awaitable);
    known = known_.insert_or_assign(facts.sha256, std::move(done)).first;
  }
  facts.width = known->second.width;
  facts.height = known->second.height;
  facts.ladder = known->second.ladder;
  co_return facts;
}

Task<std::vector<FileFacts>> Intake::samples() {
  if (samples_.empty()) {
    auto making = sample_photos();
    auto photos = co_await boost::asio::co_spawn(threads_->pool, std::move(making), boost::asio::use_awaitable);
    std::vector<FileFacts> kept;
    for (std::size_t i = 0; i < photos.size(); ++i) {
      FileFacts facts;
      facts.name = fmt::format("sample_{:02}.jpg", i + 1);
      facts.type = "image/jpeg";
      FileFacts one = co_await keep(std::move(facts), std::move(photos[i]), true);
      kept.push_back(std::move(one));
    }
    samples_ = std::move(kept);
  }
  co_return samples_;
}

Task<Call> Intake::read(http::ServerRequest request, bool pictures) {
  Call call;
  for (const auto& [name, value] : request.query) {
    call.params.set(name, value);
  }
  const std::string type(request.header("Content-Type"));
  if (type.starts_with("application/json")) {
    // Broken JSON is not an error of its own: the method then misses its arguments, as at Telegram.
    const auto body = json::parse(request.body);
    if (body && body->is_object()) {
      const telegram::Params inner(body->get_object());
      for (const auto& [name, value] : inner.all()) {
        call.params.set(name, value);
      }
    }
  } else if (type.starts_with("application/x-www-form-urlencoded")) {
    read_form(request.body, call.params);
  } else if (type.starts_with("multipart/form-data")) {
    auto parts = http::read_multipart(type, request.body);
    std::vector<http::Part> listed;
    if (parts) {
      listed = std::move(*parts);
    }
    for (http::Part& part : listed) {
      if (part.filename.empty()) {
        call.params.set(part.name, part.body);
        continue;
      }
      FileFacts facts;
      facts.field = part.name;
      facts.name = part.filename;
      facts.type = part.content_type;
      FileFacts kept = co_await keep(std::move(facts), std::move(part.body), pictures);
      call.files.push_back(std::move(kept));
    }
  }
  co_return call;
}

}  // namespace aisha::sandbox
