// SPDX-License-Identifier: Apache-2.0
#include "app/commands/check_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/hashing.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;
namespace audit = stores::audit;

constexpr std::int64_t kPictures = 500;  // of one page: so long may their objects be read before it is looked at again

std::string different_length(const audit::StoredPicture& picture, std::uint64_t bytes) {
  return fmt::format("I7 request {}: object {} has {} bytes, not {}", picture.id.to_string(), picture.object_key, bytes,
                     picture.bytes);
}

std::string unreadable(const audit::StoredPicture& picture, const Error& error) {
  return fmt::format("I7 request {}: object {}: {}", picture.id.to_string(), picture.object_key, code_of(error.code));
}

/// What is wrong with the length; all that can be asked of a picture whose hash nobody knows.
Task<std::string> look_at_length(blobs::BlobStore& blobs, audit::StoredPicture picture) {
  const auto info = co_await blobs.stat(blobs::Bucket::generated, picture.object_key);
  if (!info) {
    co_return unreadable(picture, info.error());
  }
  const bool same = info->bytes == static_cast<std::uint64_t>(picture.bytes);
  co_return same ? std::string() : different_length(picture, info->bytes);
}

/// What is wrong with the object of a picture; "" = nothing.
Task<std::string> look_at_object(blobs::BlobStore& blobs, audit::StoredPicture picture) {
  if (picture.sha256.empty()) {
    co_return co_await look_at_length(blobs, std::move(picture));
  }
  const auto bytes = co_await blobs.get(blobs::Bucket::generated, picture.object_key);
  if (!bytes) {
    co_return unreadable(picture, bytes.error());
  }
  if (std::ssize(*bytes) != picture.bytes) {
    co_return different_length(picture, bytes->size());
  }
  const std::string sha256 = co_await sha256_in_pieces(*bytes);
  co_return sha256 == picture.sha256
      ? std::string()
      : fmt::format("I7 request {}: object {} holds other bytes", picture.id.to_string(), picture.object_key);
}

}  // namespace

Task<bool> CheckWalk::run() {
  while (state_.mark.part != audit::Part::none && !stopping_) {
    audit::Page page = co_await look();
    for (std::string& violation : page.found) {
      state_.add(std::move(violation));
    }
    state_.rows += page.rows;
    state_.mark = page.next;
    co_await rest();
  }
  bool more = blobs_ != nullptr;
  while (more && !stopping_) {
    more = co_await read_pictures();
    co_await rest();
  }
  co_return !stopping_;
}

/// Between two pages: lets the moment go, and a signal come in.
Task<void> CheckWalk::rest() {
  after_page_();
  co_await database_.renew();
  const auto loop = co_await asio::this_coro::executor;
  co_await asio::post(loop, asio::use_awaitable);
}

Task<audit::Page> CheckWalk::look() {
  audit::Page page = co_await look_once();
  if (!page.found.empty()) {
    co_await database_.renew();
    page = co_await look_once();
  }
  co_return page;
}

Task<audit::Page> CheckWalk::look_once() {
  stores::UnitOfWork unit(database_, rng_);
  co_return co_await audit::look(unit, rules_, state_.mark);
}

Task<std::vector<audit::StoredPicture>> CheckWalk::pictures_after(Uuid last) {
  stores::UnitOfWork unit(database_, rng_);
  co_return co_await audit::pictures_after(unit, last, kPictures);
}

/// One page of them; false = there are no more.
Task<bool> CheckWalk::read_pictures() {
  const Uuid begin = state_.pictures_after;
  const auto pictures = co_await pictures_after(begin);
  std::vector<Suspect> suspects;
  for (const audit::StoredPicture& picture : pictures) {
    if (stopping_) {
      break;
    }
    std::string sentence = co_await look_at_object(*blobs_, picture);
    if (!sentence.empty()) {
      suspects.push_back({picture, std::move(sentence)});
    }
    state_.pictures_after = picture.id;
    ++state_.pictures;
  }
  if (!suspects.empty()) {
    co_await report(std::move(suspects), begin);
  }
  co_return std::ssize(pictures) == kPictures;
}

/// One that was removed or purged meanwhile has no object to be there.
Task<void> CheckWalk::report(std::vector<Suspect> suspects, Uuid page_begin) {
  co_await database_.renew();
  const auto now = co_await pictures_after(page_begin);
  for (Suspect& suspect : suspects) {
    if (std::ranges::find(now, suspect.picture) != now.end()) {
      state_.add(std::move(suspect.sentence));
    }
  }
}

}  // namespace aisha::app
