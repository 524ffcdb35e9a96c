// SPDX-License-Identifier: Apache-2.0
#include "app/check/check_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/hashing.hpp"
#include "base/log.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;
namespace audit = stores::audit;

constexpr std::int64_t kPictures = 500;  // of one page: so long may their objects be read before it is looked at again

// So many objects in a row that cannot be read mean that none can.
constexpr std::ptrdiff_t kPatience = 10;

/// What is wrong with an object; "" = nothing.
struct Sight {
  std::string sentence;
  bool unread = false;  ///< it could not be looked at
};

Sight wrong(const audit::StoredPicture& picture, std::string_view what) {
  return {fmt::format("I7 request {}: object {}{}", picture.id.to_string(), picture.object_key, what)};
}

Sight different_length(const audit::StoredPicture& picture, std::uint64_t bytes) {
  return wrong(picture, fmt::format(" has {} bytes, not {}", bytes, picture.bytes));
}

/// Only the store's word that there is no such object makes it lost.
Sight unreadable(const audit::StoredPicture& picture, const Error& error) {
  if (error.code == Errc::not_found) {
    return wrong(picture, fmt::format(": {}", code_of(error.code)));
  }
  return {fmt::format("not read: request {}: object {}: {} [{}]", picture.id.to_string(), picture.object_key,
                      log::clean(error.detail), code_of(error.code)),
          true};
}

/// The length is all that can be asked of a picture whose hash nobody knows.
Task<Sight> look_at_length(blobs::BlobStore& blobs, audit::StoredPicture picture) {
  const auto info = co_await blobs.stat(blobs::Bucket::generated, picture.object_key);
  if (!info) {
    co_return unreadable(picture, info.error());
  }
  const bool same = info->bytes == static_cast<std::uint64_t>(picture.bytes);
  co_return same ? Sight() : different_length(picture, info->bytes);
}

Task<Sight> look_at_object(blobs::BlobStore& blobs, audit::StoredPicture picture) {
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
  co_return sha256 == picture.sha256 ? Sight() : wrong(picture, " holds other bytes");
}

}  // namespace

Task<WalkEnd> CheckWalk::run() {
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
  co_return store_away_ ? WalkEnd::store_away : stopping_ ? WalkEnd::stopped : WalkEnd::done;
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

/// One page of them; false = there are no more, or none can be read.
Task<bool> CheckWalk::read_pictures() {
  const Uuid begin = state_.pictures_after;
  const auto pictures = co_await pictures_after(begin);
  std::vector<Suspect> suspects;
  std::ptrdiff_t in_a_row = 0;
  Uuid before_them = begin;
  for (const audit::StoredPicture& picture : pictures) {
    if (stopping_ || store_away_) {
      break;
    }
    Sight sight = co_await look_at_object(*blobs_, picture);
    if (in_a_row == 0) {
      before_them = state_.pictures_after;
    }
    in_a_row = sight.unread ? in_a_row + 1 : 0;
    if (!sight.sentence.empty()) {
      suspects.push_back({picture, std::move(sight.sentence), sight.unread});
    }
    state_.pictures_after = picture.id;
    state_.pictures += sight.unread ? 0 : 1;
    store_away_ = in_a_row == kPatience;
  }
  if (store_away_) {
    // They are read when somebody goes on from here.
    suspects.erase(suspects.end() - kPatience, suspects.end());
    state_.pictures_after = before_them;
  }
  if (!suspects.empty()) {
    co_await report(std::move(suspects), begin);
  }
  co_return !store_away_ && std::ssize(pictures) == kPictures;
}

/// One that was removed or purged meanwhile has no object to be there.
Task<void> CheckWalk::report(std::vector<Suspect> suspects, Uuid page_begin) {
  co_await database_.renew();
  const auto now = co_await pictures_after(page_begin);
  for (Suspect& suspect : suspects) {
    if (std::ranges::find(now, suspect.picture) == now.end()) {
      continue;
    }
    if (suspect.unread) {
      state_.add_unread(std::move(suspect.sentence));
    } else {
      state_.add(std::move(suspect.sentence));
    }
  }
}

}  // namespace aisha::app
