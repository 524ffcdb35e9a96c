// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/recounting.hpp"

#include <algorithm>

#include "stores/upkeep/audit_people.hpp"
#include "stores/upkeep/recount.hpp"

namespace aisha::services {
namespace {

namespace audit = stores::audit;

// As a page of the audit.
constexpr std::int64_t kRows = 5'000;

}  // namespace

Task<std::int64_t> recount_all(sql::Database& database, Rng& rng, std::function<void(std::string_view)> told) {
  std::int64_t mended = 0;
  Uuid after;
  for (bool is_end = false; !is_end;) {
    stores::UnitOfWork unit(database, rng);
    const audit::Miscounts page = co_await audit::miscounts_after(unit, after, kRows);
    // Tables are read one after another: what a write between them made look wrong is right when asked again.
    audit::Miscounts again;
    if (!page.found.empty()) {
      again = co_await audit::miscounts_after(unit, after, kRows);
    }
    for (const audit::Miscount& one : page.found) {
      if (std::ranges::find(again.found, one) != again.found.end()) {
        stores::recount(unit, one.user_id, one.local_day, one.style);
        told(audit::sentence_of(one));
        ++mended;
      }
    }
    co_await unit.commit();
    after = page.last;
    is_end = page.is_end;
  }
  co_return mended;
}

}  // namespace aisha::services
