// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/erasure_markers.hpp"

#include <stdexcept>

#include "base/log.hpp"
#include "domain/user.hpp"
#include "services/privacy/erasing.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/privacy/erasure_person.hpp"

namespace aisha::services {
namespace {

namespace data_requests = stores::data_requests;

constexpr std::string_view kMarkers = "erasures/";
/// What every engine takes a name without an extension for.
constexpr std::string_view kType = "application/octet-stream";
constexpr std::size_t kPage = 500;

std::string marker_of(const Uuid& person) {
  return std::string(kMarkers) + person.to_string();
}

}  // namespace

Task<Result<void>> put_erasure_marker(blobs::BlobStore& blobs, Uuid person) {
  std::string bytes = person.to_string() + "\n";
  return blobs.put(blobs::Bucket::generated, marker_of(person), std::move(bytes), std::string(kType));
}

bool is_erasure_marker(std::string_view key) {
  return key.starts_with(kMarkers);
}

Task<Result<std::vector<Uuid>>> erasure_markers(blobs::BlobStore& blobs, Uuid after, std::size_t limit) {
  std::string behind = after.is_nil() ? std::string() : marker_of(after);
  std::string prefix(kMarkers);
  const auto keys = co_await blobs.list(blobs::Bucket::generated, std::move(prefix), std::move(behind), limit);
  if (!keys) {
    co_return std::unexpected(keys.error());
  }
  std::vector<Uuid> out;
  for (const std::string& key : *keys) {
    if (const auto person = Uuid::parse(key.substr(kMarkers.size()))) {
      out.push_back(*person);
    }
  }
  co_return out;
}

Task<bool> erase_again(Context context, Uuid person) {
  stores::UnitOfWork unit(context.db, context.rng);
  const bool known = co_await data_requests::was_erasing(unit, person);
  if (known) {
    co_return false;
  }
  const auto found = co_await stores::erasure::find_person(unit, person);
  if (!found || found->telegram_id == 0) {
    co_return false;
  }
  data_requests::Wish wish;
  wish.id = unit.new_id();
  wish.user_id = person;
  wish.kind = data_requests::Kind::erasing;
  wish.language = domain::text_of(domain::language_for(found->language_code));
  wish.step = kFirstErasureStep;
  const auto opened = co_await data_requests::open(unit, std::move(wish));
  const auto written = co_await unit.commit();
  co_return opened&& written;
}

Task<void> ErasuresCheck::run() {
  if (!done_) {
    co_await steps_.run("erasures", compare());
  }
}

Task<void> ErasuresCheck::compare() {
  std::int64_t again = 0;
  for (;;) {
    const auto page = co_await erasure_markers(blobs_, after_, kPage);
    if (!page) {
      throw std::runtime_error("markers of erased people: " + page.error().detail);
    }
    for (const Uuid& person : *page) {
      const bool opened = co_await erase_again(context_, person);
      again += opened ? 1 : 0;
      after_ = person;
    }
    if (page->size() < kPage) {
      break;
    }
  }
  done_ = true;
  if (again > 0) {
    log::warn("{} people who were erased are in this database, which comes from a backup: they are erased again",
              again);
  }
}

}  // namespace aisha::services
