// SPDX-License-Identifier: Apache-2.0
#include "app/check/check_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "stores/people/avatar_details.hpp"

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

/// "I7 request" or "I21 avatar" with its id.
std::string place_of(const StoredObject& object) {
  const bool is_lora = object.kind == StoredObject::Kind::lora;
  return fmt::format("{} {}: object {}", is_lora ? "I21 avatar" : "I7 request", object.row.id.to_string(),
                     object.row.object_key);
}

Sight wrong(const StoredObject& object, std::string_view what) {
  return {fmt::format("{}{}", place_of(object), what)};
}

Sight different_length(const StoredObject& object, std::uint64_t bytes) {
  return wrong(object, fmt::format(" has {} bytes, not {}", bytes, object.row.bytes));
}

/// Only the store's word that there is no such object makes it lost.
Sight unreadable(const StoredObject& object, const Error& error) {
  if (error.code == Errc::not_found) {
    return wrong(object, fmt::format(": {}", code_of(error.code)));
  }
  const std::string place = place_of(object);
  return {fmt::format("not read: {}: {} [{}]", place.substr(place.find(' ') + 1), log::clean(error.detail),
                      code_of(error.code)),
          true};
}

/// The length is all that can be asked of a picture whose hash nobody knows.
Task<Sight> look_at_length(blobs::BlobStore& blobs, StoredObject object) {
  const auto info = co_await blobs.stat(blobs::Bucket::generated, object.row.object_key);
  if (!info) {
    co_return unreadable(object, info.error());
  }
  const bool same = info->bytes == static_cast<std::uint64_t>(object.row.bytes);
  co_return same ? Sight() : different_length(object, info->bytes);
}

Task<Sight> look_at_object(blobs::BlobStore& blobs, StoredObject object) {
  if (object.row.sha256.empty()) {
    co_return co_await look_at_length(blobs, std::move(object));
  }
  const auto kept = co_await blobs.digest(blobs::Bucket::generated, object.row.object_key);
  if (!kept) {
    co_return unreadable(object, kept.error());
  }
  if (kept->bytes != static_cast<std::uint64_t>(object.row.bytes)) {
    co_return different_length(object, kept->bytes);
  }
  co_return kept->sha256 == object.row.sha256 ? Sight() : wrong(object, " holds other bytes");
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
    more = co_await read_objects(StoredObject::Kind::picture);
    if (!more && !store_away_) {
      more = co_await read_objects(StoredObject::Kind::lora);
    }
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

Task<std::vector<StoredObject>> CheckWalk::objects_after(StoredObject::Kind kind, Uuid last) {
  stores::UnitOfWork unit(database_, rng_);
  std::vector<StoredObject> out;
  if (kind == StoredObject::Kind::picture) {
    auto pictures = co_await audit::pictures_after(unit, last, kPictures);
    for (audit::StoredPicture& row : pictures) {
      out.push_back({kind, std::move(row)});
    }
  } else {
    auto loras = co_await stores::avatar_details::loras_after(unit, last, kPictures);
    for (auto& one : loras) {
      out.push_back({kind, {one.avatar_id, std::move(one.lora.key), std::move(one.lora.sha256), one.lora.bytes}});
    }
  }
  co_return out;
}

/// One page of them; false = there are no more, or none can be read.
Task<bool> CheckWalk::read_objects(StoredObject::Kind kind) {
  const bool are_pictures = kind == StoredObject::Kind::picture;
  Uuid& place = are_pictures ? state_.pictures_after : state_.loras_after;
  std::int64_t& count = are_pictures ? state_.pictures : state_.loras;
  const Uuid begin = place;
  const auto objects = co_await objects_after(kind, begin);
  std::vector<Suspect> suspects;
  std::ptrdiff_t in_a_row = 0;
  Uuid before_them = begin;
  for (const StoredObject& object : objects) {
    if (stopping_ || store_away_) {
      break;
    }
    Sight sight = co_await look_at_object(*blobs_, object);
    if (in_a_row == 0) {
      before_them = place;
    }
    in_a_row = sight.unread ? in_a_row + 1 : 0;
    if (!sight.sentence.empty()) {
      suspects.push_back({object, std::move(sight.sentence), sight.unread});
    }
    place = object.row.id;
    count += sight.unread ? 0 : 1;
    store_away_ = in_a_row == kPatience;
  }
  if (store_away_) {
    // They are read when somebody goes on from here.
    suspects.erase(suspects.end() - kPatience, suspects.end());
    place = before_them;
  }
  if (!suspects.empty()) {
    co_await report(std::move(suspects), begin);
  }
  co_return !store_away_ && std::ssize(objects) == kPictures;
}

/// One that was removed or purged meanwhile has no object to be there.
Task<void> CheckWalk::report(std::vector<Suspect> suspects, Uuid page_begin) {
  co_await database_.renew();
  const auto now = co_await objects_after(suspects.front().object.kind, page_begin);
  for (Suspect& suspect : suspects) {
    if (std::ranges::find(now, suspect.object) == now.end()) {
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
