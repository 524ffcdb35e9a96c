// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/imported_looking.hpp"

#include "base/encoding.hpp"
#include "base/hashing.hpp"
#include "base/log.hpp"
#include "cache/recall.hpp"
#include "domain/picture.hpp"

namespace aisha::services {
namespace {

namespace chores = stores::chores;
namespace imports = stores::imports;

constexpr std::string_view kName = "imported";
constexpr Millis kLease{300'000};
constexpr std::int64_t kPage = 50;
// There are always more to come.
constexpr std::int64_t kGoal = 1;
// So many objects in a row that are not there: the store is that of a drive that is not mounted.
constexpr int kPatience = 10;
// What the imager would refuse unread.
constexpr std::int64_t kMostBytes = 32LL << 20;

domain::PictureObject object_of(const imports::Unseen& one, const imaging::Inspection& seen) {
  domain::PictureObject object;
  object.key = one.key;
  object.width = seen.width;
  object.height = seen.height;
  object.thumbhash = encoding::base64(seen.thumbhash);
  object.content_type = imaging::content_type_of(seen.format);
  return object;
}

}  // namespace

Task<void> ImportedLooking::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Uuid first;
  const auto any = co_await imports::unseen(unit, first, 1);
  if (any.empty()) {
    co_return;
  }
  const auto claim = co_await chores::claim(unit, kName, kGoal, kLease);
  if (!claim) {
    co_return;
  }
  bool more = true;
  while (more) {
    more = co_await look_at_page(*claim);
  }
  stores::UnitOfWork ending(context_.db, context_.rng);
  chores::finish(ending, kName, *claim, 0);
  co_await ending.commit();
}

/// False: there are no more, they cannot be read now, or another process has taken over.
Task<bool> ImportedLooking::look_at_page(chores::Claim claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto page = co_await imports::unseen(unit, behind_, kPage);
  if (page.empty()) {
    behind_ = Uuid{};
    co_return false;
  }
  int absent = 0;
  for (const imports::Unseen& one : page) {
    const Outcome outcome = co_await look_at(one);
    if (outcome == Outcome::away) {
      co_return false;
    }
    behind_ = one.id;
    absent = outcome == Outcome::absent ? absent + 1 : 0;
    if (absent == kPatience) {
      co_return false;
    }
  }
  co_return co_await hold(claim);
}

Task<ImportedLooking::Outcome> ImportedLooking::look_at(imports::Unseen one) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (one.bytes > kMostBytes) {
    imports::refused(unit, one, "", code_of(Errc::image_too_many_bytes));
    co_await unit.commit();
    co_return Outcome::looked;
  }
  auto bytes = co_await blobs_.get(blobs::Bucket::generated, one.key);
  if (!bytes) {
    const bool is_absent = bytes.error().code == Errc::not_found;
    log::warn(one.id, "an imported picture cannot be looked at: {} {}", one.key, bytes.error().detail);
    co_return is_absent ? Outcome::absent : Outcome::away;
  }
  auto seen = co_await inspect(*bytes);
  if (!seen && seen.error().code == Errc::unavailable) {
    co_return Outcome::away;
  }
  std::string sha256 = co_await sha256_in_pieces(*bytes);
  if (!seen) {
    log::warn(one.id, "an imported picture is none that can be shown: {} {}", one.key, code_of(seen.error().code));
    imports::refused(unit, one, sha256, code_of(seen.error().code));
  } else {
    std::string key = domain::thumbnail_key(one.created_at, one.id);
    std::string small = std::move(seen->thumbnail_webp);
    const auto put = co_await blobs_.put(blobs::Bucket::generated, std::move(key), std::move(small), "image/webp");
    if (!put) {
      co_return Outcome::away;
    }
    domain::PictureObject object = object_of(one, *seen);
    object.bytes = std::ssize(*bytes);
    object.sha256 = std::move(sha256);
    imports::seen(unit, one.id, object);
  }
  co_await cache::forget_pictures(context_.cache, one.user_id);
  // A conflict: it was purged meanwhile.
  co_await unit.commit();
  co_return Outcome::looked;
}

/// The decoder is started anew after it died; a picture that kills it twice is to blame itself.
Task<Result<imaging::Inspection>> ImportedLooking::inspect(std::string bytes) {
  auto seen = co_await imager_.inspect(bytes);
  if (!seen && seen.error().code == Errc::image_decoder_failed) {
    seen = co_await imager_.inspect(std::move(bytes));
  }
  co_return seen;
}

Task<bool> ImportedLooking::hold(chores::Claim claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  chores::renew(unit, kName, claim, kLease);
  const auto held = co_await unit.commit();
  co_return held.has_value();
}

}  // namespace aisha::services
