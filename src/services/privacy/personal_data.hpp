// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "base/error.hpp"
#include "base/task.hpp"
#include "services/people/actor.hpp"

namespace aisha::stores::data_requests {
struct Request;
}

namespace aisha::services {

/// What a person asked to be done with all of their data, and how far that has come.
struct OpenDataRequest {
  bool is_erasure = false;
  std::int64_t part = 0;   ///< of an export: the one that is being sent; 0: it is still being looked through
  std::int64_t parts = 0;  ///< of an export; 0: not known yet
};

/// What is kept of a person.
struct OwnDataView {
  std::int64_t pictures = 0;  ///< live ones
  std::int64_t binned = 0;    ///< in the bin
  std::int64_t bytes = 0;     ///< of all of them
  std::int64_t avatars = 0;
  std::int64_t files = 1;  ///< that an archive would have, about
  bool is_shared = false;  ///< another bot uses the table of people too
  std::optional<OpenDataRequest> open;
};

/// All of one's own data: what there is, an archive of it, its end.
class PersonalData {
 public:
  explicit PersonalData(Context context) : context_(context) {}

  Task<OwnDataView> look(Uuid owner);
  /// The same without `open`, for who knows what that is.
  Task<OwnDataView> figures(Uuid owner);

  /// Collects the wish for an archive into the chat; again it is the same one. Errc::person_erasing.
  Task<Result<OpenDataRequest>> start_export(Actor& actor);
  /// Collects its end; parts that were sent stay sent. What was open: an erasure goes on.
  Task<std::optional<OpenDataRequest>> stop_export(Actor& actor);

  /// Collects the wish that everything be deleted; an export that is open ends. `is_outdated`: its card was drawn
  /// before something else changed: Errc::card_changed, unless it was wished for already.
  Task<Result<void>> start_erasure(Actor& actor, bool is_outdated);

  int trash_days() const { return context_.policy.trash_days; }

 private:
  Context context_;
};

}  // namespace aisha::services
