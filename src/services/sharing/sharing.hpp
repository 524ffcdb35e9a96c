// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "domain/own_picture.hpp"
#include "domain/picture.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

/// A picture with the link by which somebody else may see it.
struct SharedPicture {
  domain::Picture picture;
  std::string token;  ///< 22 characters of base64url; "" = no link is open
  TimePoint until{};
  std::int64_t opened = 0;  ///< by others
};

/// Pictures shown to others: a link that can be closed and ends by itself, and a copy to forward. "Not yours" and
/// "absent" are the same answer: not_found; a removed one of one's own is already_deleted.
class Sharing {
 public:
  /// A link's token is made of `secret` and of the update that asks for it: a card that was shown before a commit that
  /// failed names the link that the next try opens. Without the secret it cannot be guessed.
  Sharing(Context context, const Secret& secret);

  /// Opens a link, or moves the end of the one that is open to Policy::link_days from now (collected). Errc::not_found,
  /// already_deleted.
  Task<Result<SharedPicture>> share(Actor& actor, Uuid picture);
  /// Ends the link (collected); what was sent through it stays where it is. Errors as `share`.
  Task<Result<void>> close(Actor& actor, Uuid picture);
  /// Has a copy without buttons sent into the person's own chat, to be forwarded (collected: a row of the outbox).
  /// Errors as `share`.
  Task<Result<void>> send_copy(Actor& actor, Uuid picture);

  /// What a link shows, counted unless it is the actor's own (collected). A closed, expired, forged or unknown one, and
  /// one of a picture that is removed, are the same: Errc::link_gone.
  Task<Result<domain::Picture>> open(Actor& actor, std::string token);

  /// A picture of theirs with the link that stands open, if one does; nothing for every other picture.
  Task<std::optional<SharedPicture>> shared(Uuid owner, Uuid picture);
  /// Those that are no favourites, the newest first; `behind`: older than that one.
  Task<std::vector<domain::OwnPicture>> newest(Uuid owner, std::optional<Uuid> behind, std::int64_t limit);

 private:
  std::string token_of(const Uuid& trace) const;

  Context context_;
  std::string key_;
};

}  // namespace aisha::services
