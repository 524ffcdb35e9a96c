// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "domain/avatar.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

struct OwnAvatars {
  std::vector<domain::Avatar> kept;    ///< the oldest first
  std::vector<domain::Avatar> binned;  ///< thrown away, can come back: the last one first
};

/// One of a person's avatars.
struct OwnAvatar {
  domain::Avatar avatar;
  bool is_binned = false;     ///< thrown away, can come back
  std::int64_t pictures = 0;  ///< live ones made with it
};

/// What a person does with their avatars. "Not yours", "absent" and "gone for good" are the same answer: not_found.
/// What changes is collected; the actor's main avatar is the one with which they make pictures from then on.
class AvatarCare {
 public:
  explicit AvatarCare(Context context) : context_(context) {}

  Task<OwnAvatars> list(Uuid owner);
  Task<Result<OwnAvatar>> avatar(Uuid owner, Uuid id);

  /// Errors: not_found (also of one that is thrown away), those of domain::check_usable.
  Task<Result<domain::Avatar>> make_main(Actor& actor, Uuid id);
  /// Errors: not_found (the same), name_bad.
  Task<Result<domain::Avatar>> rename(Actor& actor, Uuid id, std::string name);
  /// Into the bin for Policy::trash_days; gives what there is then. Of the main one, the next usable one becomes main.
  /// One that is there already stays there.
  Task<Result<OwnAvatars>> remove(Actor& actor, Uuid id);
  /// Out of the bin again; one that is not in it is left as it is.
  Task<Result<domain::Avatar>> restore(Actor& actor, Uuid id);

  int trash_days() const { return context_.policy.trash_days; }

 private:
  Context context_;
};

}  // namespace aisha::services
