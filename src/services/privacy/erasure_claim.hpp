// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "services/context/context.hpp"
#include "services/privacy/erasure_receipt.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/privacy/erasure_person.hpp"

namespace aisha::services {

/// An erasure that this process has claimed, and its place. Verbs that say whether it is still held write the place
/// down first; once it is not, whatever is being done belongs to another process.
class ErasureClaim {
 public:
  ErasureClaim(Context context, stores::data_requests::Request request)
      : context_(context), request_(std::move(request)) {}

  const Uuid& id() const { return request_.id; }
  const Uuid& person() const { return request_.user_id; }
  std::string_view step() const { return request_.progress.step; }
  /// Up to which picture the step is done; nil = not begun.
  Uuid behind() const { return request_.progress.behind.value_or(Uuid()); }
  ErasureTally tally() const { return tally_of(request_.progress.tally); }
  void set_tally(const ErasureTally& tally) { request_.progress.tally = text_of(tally); }
  stores::data_requests::Request& request() { return request_; }

  Task<bool> hold();
  Task<bool> go_to(std::string_view step);
  Task<bool> keep_place(Uuid behind, ErasureTally tally);
  /// Together with what `unit` has collected.
  Task<bool> commit(stores::UnitOfWork& unit);
  /// Deletes all rows of that kind, some at a time.
  Task<bool> delete_all(stores::erasure::Own kind);
  /// Deletes what a chat was told or is to be told. Whether nothing is being told there, and so nothing is left.
  Task<bool> empty_lane(std::int64_t chat_id);
  /// Deletes the updates of that person that have been dealt with, looking through those of all people, page by page.
  Task<bool> empty_inbox(std::int64_t telegram_id);

  /// Lets it go; it is tried again after `delay`.
  Task<void> rest(Millis delay);
  /// Something is away: as `rest`, less and less often.
  Task<void> wait_for(std::string what);

 private:
  Context context_;
  stores::data_requests::Request request_;
};

}  // namespace aisha::services
