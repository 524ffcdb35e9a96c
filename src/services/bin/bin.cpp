// SPDX-License-Identifier: Apache-2.0
#include "services/bin/bin.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "services/bin/clearing.hpp"
#include "stores/bin/bin_pages.hpp"
#include "stores/bin/clears.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace bin_pages = stores::bin_pages;
namespace clears = stores::clears;

std::int64_t ahead(const clears::Preview& left, bool keep) {
  return std::max<std::int64_t>(left.pictures - (keep ? left.kept : 0), 0);
}

}  // namespace

TimePoint Bin::since() const {
  return context_.db.now() - std::chrono::days(context_.policy.trash_days);
}

Task<BinPage> Bin::page(Uuid owner, domain::PageStart from, std::int64_t limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto read = co_await bin_pages::page(unit, owner, since(), from, limit);
  BinPage page{std::move(read.pictures), read.total, read.before, 0};
  if (page.total > 0) {
    const auto left = std::chrono::ceil<std::chrono::days>(read.oldest - since());
    page.days_left = std::max(static_cast<int>(left.count()), 1);
  }
  co_return page;
}

Task<Result<domain::OwnPicture>> Bin::picture(Uuid owner, Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await bin_pages::find(unit, owner, id, since());
  if (!found) {
    co_return fail(Errc::not_found);
  }
  co_return std::move(*found);
}

Task<Result<void>> Bin::remove_for_ever(Actor& actor, Uuid id) {
  const auto found = co_await bin_pages::find(actor.unit(), actor.user().id, id, since());
  if (!found) {
    co_return fail(Errc::not_found);
  }
  bin_pages::remove_for_ever(actor.unit(), actor.user().id, id);
  co_return Result<void>{};
}

Task<ClearPreview> Bin::preview(Uuid owner) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto found = co_await clears::before(unit, owner, std::string());
  co_return ClearPreview{found.left.pictures, found.left.kept};
}

Task<Result<Cleared>> Bin::clear(Actor& actor, bool keep, std::string key, bool is_outdated) {
  const auto before = co_await clears::before(actor.unit(), actor.user().id, key);
  if (before.made) {
    const clears::Clear& made = *before.made;
    const bool goes_on = made.state == clears::State::clearing;
    const std::int64_t pictures = made.pictures + (goes_on ? ahead(before.left, made.keep) : 0);
    co_return Cleared{made.id, pictures, goes_on, made.state > clears::State::cleared};
  }
  if (is_outdated) {
    co_return fail(Errc::card_changed);
  }
  clears::Clear clear = clears::begin(actor.unit(), actor.trace(), actor.user().id, keep, key);
  const auto step = co_await clears::next(actor.unit(), clear, context_.policy.clear_step);
  clears::take(actor.unit(), clear, step, Millis(0));
  actor.forget_pictures();
  const bool goes_on = clear.state == clears::State::clearing;
  co_return Cleared{clear.id, goes_on ? ahead(before.left, keep) : clear.pictures, goes_on, false};
}

Task<Result<Restored>> Bin::undo(Actor& actor, Uuid id) {
  auto found = co_await clears::find(actor.unit(), id, actor.user().id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  clears::Clear& clear = found->clear;
  if (clear.state > clears::State::cleared) {
    co_return Restored{clear.restored + found->restorable, clear.pictures};
  }
  clears::begin_undo(actor.unit(), clear);
  const auto step = co_await clears::next(actor.unit(), clear, context_.policy.clear_step);
  clears::take(actor.unit(), clear, step, Millis(0));
  actor.forget_pictures();
  co_return Restored{found->restorable, clear.pictures};
}

}  // namespace aisha::services
