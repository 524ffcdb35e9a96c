// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/erasure_claim.hpp"

#include <algorithm>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "stores/privacy/erasure_queues.hpp"

namespace aisha::services {
namespace {

namespace data_requests = stores::data_requests;

constexpr std::int64_t kSome = 500;       ///< rows of one transaction
constexpr std::int64_t kUpdates = 2'000;  ///< looked through in one statement
constexpr Millis kFirstPause{1'000};      ///< while something is away; doubles
constexpr Millis kLastPause{60'000};

}  // namespace

Task<bool> ErasureClaim::hold() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await commit(unit);
}

Task<bool> ErasureClaim::commit(stores::UnitOfWork& unit) {
  data_requests::advance(unit, request_, context_.policy.lease);
  const auto written = co_await unit.commit();
  co_return written.has_value();
}

Task<bool> ErasureClaim::go_to(std::string_view step) {
  request_.progress.step = step;
  request_.progress.behind.reset();
  co_return co_await hold();
}

Task<bool> ErasureClaim::keep_place(Uuid behind, ErasureTally tally) {
  request_.progress.behind = behind;
  set_tally(tally);
  co_return co_await hold();
}

Task<bool> ErasureClaim::delete_all(stores::erasure::Own kind) {
  std::int64_t gone = kSome;
  bool held = true;
  while (held && gone == kSome) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    gone = co_await stores::erasure::delete_some(unit, kind, request_.user_id, kSome);
    if (gone == kSome) {
      held = co_await hold();
    }
  }
  co_return held;
}

Task<bool> ErasureClaim::empty_lane(std::int64_t chat_id) {
  std::int64_t gone = kSome;
  while (gone == kSome) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    gone = co_await stores::erasure::delete_messages(unit, chat_id, kSome);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool telling = co_await stores::erasure::is_telling(unit, chat_id);
  co_return !telling;
}

Task<bool> ErasureClaim::empty_inbox(std::int64_t telegram_id) {
  stores::erasure::UpdatePage page;
  bool held = true;
  while (held && !page.ends) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    page = co_await stores::erasure::delete_updates(unit, telegram_id, page.last, kUpdates);
    held = co_await hold();
  }
  co_return held;
}

Task<void> ErasureClaim::rest(Millis delay) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  data_requests::rest(unit, request_, delay);
  co_await unit.commit();
}

Task<void> ErasureClaim::wait_for(std::string what) {
  const Millis pause = doubled(kFirstPause, std::max<std::int64_t>(request_.attempts - 1, 0), kLastPause);
  log::warn(request_.id, "an erasure waits {} s: {}", pause.count() / 1'000, what);
  stores::UnitOfWork unit(context_.db, context_.rng);
  data_requests::put_back(unit, request_, pause);
  co_await unit.commit();
}

}  // namespace aisha::services
