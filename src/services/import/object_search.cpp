// SPDX-License-Identifier: Apache-2.0
#include "services/import/object_search.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <span>
#include <tuple>

#include "blobs/blob_store.hpp"
#include "domain/imported.hpp"
#include "stores/import/imports.hpp"

namespace aisha::services {
namespace {

namespace imports = stores::imports;
namespace asio = boost::asio;

// The store answers one at a time in a millisecond or two; so many are asked at once.
constexpr std::int64_t kAtOnce = 16;
constexpr std::int64_t kBatch = 512;

struct Look {
  Uuid id;
  std::string key;
  Result<blobs::BlobInfo> seen = fail(Errc::not_found);
};

Task<void> look(blobs::BlobStore& store, Look& one) {
  one.seen = co_await store.stat(blobs::Bucket::generated, one.key);
}

Task<void> look_side_by_side(blobs::BlobStore& store, std::span<Look> looks) {
  const auto executor = co_await asio::this_coro::executor;
  std::vector<decltype(asio::co_spawn(executor, look(store, looks.front()), asio::deferred))> group;
  for (Look& one : looks) {
    group.push_back(asio::co_spawn(executor, look(store, one), asio::deferred));
  }
  auto all = asio::experimental::make_parallel_group(std::move(group));
  const auto ended = co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& problem : std::get<1>(ended)) {
    if (problem) {
      std::rethrow_exception(problem);
    }
  }
}

}  // namespace

Task<Result<FoundObjects>> ObjectSearch::run() {
  FoundObjects total;
  Uuid behind;
  for (;;) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    auto page = co_await imports::missing(unit, behind, kBatch);
    if (page.empty()) {
      co_return total;
    }
    behind = page.back().id;
    const auto looked = co_await look_at(std::move(page), total);
    if (!looked) {
      co_return std::unexpected(looked.error());
    }
    progress_.went("objects", total.found);
  }
}

Task<Result<void>> ObjectSearch::look_at(std::vector<imports::Missing> page, FoundObjects& found) {
  std::vector<Look> looks;
  stores::UnitOfWork unit(context_.db, context_.rng);
  for (const imports::Missing& one : page) {
    auto key = domain::key_in(one.place, bucket_);
    if (key) {
      looks.push_back({one.id, std::move(*key)});
    } else {
      ++found.missing["their address is not in bucket " + bucket_];
      imports::looked_in_vain(unit, one.id);
    }
  }
  const std::span<Look> all(looks);
  for (std::size_t at = 0; at < all.size(); at += kAtOnce) {
    co_await look_side_by_side(store_, all.subspan(at, std::min<std::size_t>(kAtOnce, all.size() - at)));
  }
  for (const Look& one : looks) {
    if (!one.seen && one.seen.error().code != Errc::not_found) {
      co_return std::unexpected(one.seen.error());
    }
    if (one.seen && one.seen->bytes > 0) {
      ++found.found;
      imports::give_object(unit, one.id, {one.key, static_cast<std::int64_t>(one.seen->bytes), one.seen->content_type});
    } else {
      ++found.missing["the bucket has no such object"];
      imports::looked_in_vain(unit, one.id);
    }
  }
  co_return co_await unit.commit();
}

}  // namespace aisha::services
