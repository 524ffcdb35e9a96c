// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/own_sheets.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <span>
#include <tuple>
#include <utility>

#include "domain/picture.hpp"
#include "imaging/imager.hpp"
#include "services/gallery/sheets.hpp"
#include "stores/pictures/own_pages.hpp"

namespace aisha::services {
namespace {

namespace asio = boost::asio;
namespace own_pages = stores::own_pages;

/// Nine of them make a sheet of 912 px, a little more than the 256 px of what is drawn there.
constexpr int kCell = 300;
/// Lower, so that a telephone shows the numbers below nine of them without scrolling.
constexpr int kLowCell = 190;
constexpr std::size_t kLowFrom = 7;

struct Look {
  std::string key;  ///< "" = nothing to fetch
  Result<std::string> bytes = std::string();
};

Task<void> fetch(blobs::BlobStore& store, Look& one) {
  if (!one.key.empty()) {
    one.bytes = co_await store.get(blobs::Bucket::generated, one.key);
  }
}

Task<void> fetch_side_by_side(blobs::BlobStore& store, std::span<Look> looks) {
  const auto executor = co_await asio::this_coro::executor;
  std::vector<decltype(asio::co_spawn(executor, fetch(store, looks.front()), asio::deferred))> group;
  for (Look& one : looks) {
    group.push_back(asio::co_spawn(executor, fetch(store, one), asio::deferred));
  }
  auto all = asio::experimental::make_parallel_group(std::move(group));
  const auto ended = co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& problem : std::get<1>(ended)) {
    if (problem) {
      std::rethrow_exception(problem);
    }
  }
}

/// Where the small pictures lie, in the order of `pictures`; not_found when one has no cell.
Result<std::vector<Look>> looks_for(const std::vector<Uuid>& pictures, const std::vector<own_pages::Cell>& cells) {
  std::vector<Look> looks;
  for (const Uuid& id : pictures) {
    Look look;
    if (!id.is_nil()) {
      const auto cell = std::ranges::find(cells, id, &own_pages::Cell::id);
      if (cell == cells.end()) {
        return fail(Errc::not_found, "a picture of a sheet");
      }
      look.key = domain::thumbnail_key(cell->created_at, id);
    }
    looks.push_back(std::move(look));
  }
  return looks;
}

imaging::SheetSpec spec_of(std::vector<Look> looks) {
  imaging::SheetSpec spec;
  spec.columns = static_cast<int>(std::min<std::size_t>(looks.size(), 3));
  spec.rows = sheet_rows(looks.size());
  spec.cell_width = kCell;
  spec.cell_height = looks.size() < kLowFrom ? kCell : kLowCell;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    imaging::SheetCell cell;
    cell.picture = looks[i].bytes ? std::move(*looks[i].bytes) : std::string();
    cell.badge = std::to_string(i + 1);
    spec.cells.push_back(std::move(cell));
  }
  return spec;
}

}  // namespace

Task<Result<std::string>> OwnSheets::compose(Uuid owner, std::vector<Uuid> pictures, SheetOf of) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto cells = co_await own_pages::cells(unit, owner, pictures, of == SheetOf::removed);
  auto looks = looks_for(pictures, cells);
  if (!looks) {
    co_return std::unexpected(looks.error());
  }
  co_await fetch_side_by_side(blobs_, *looks);
  const bool away = std::ranges::any_of(
      *looks, [](const Look& one) { return !one.bytes && one.bytes.error().code == Errc::unavailable; });
  if (away) {
    co_return fail(Errc::unavailable, "the small pictures");
  }
  imaging::SheetSpec spec = spec_of(std::move(*looks));
  co_return co_await imager_.contact_sheet(std::move(spec));
}

}  // namespace aisha::services
