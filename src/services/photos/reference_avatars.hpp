// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "domain/avatar.hpp"
#include "services/people/actor.hpp"
#include "services/people/people.hpp"

namespace aisha::stores::photo_sets {
struct Set;
}

namespace aisha::services {

/// A photo or a file that a person sent.
struct SentPhoto {
  std::int64_t message_id = 0;
  std::string group_id;  ///< of an album; "" = sent alone
  std::string file_id;
  std::string unique_id;
  std::string name;        ///< of a file that has one
  std::int64_t bytes = 0;  ///< as Telegram says; 0 = it does not
  bool as_file = false;
  bool is_picture = true;  ///< false: a video, a GIF, any other file
};

/// What became of one photo, as it is told.
struct PhotoLine {
  std::int64_t number = 0;  ///< from 1, in the order of the messages
  std::string name;         ///< of a file that has one
  std::optional<Errc> refused;
  std::optional<Errc> weak;
  std::int64_t same_as = 0;  ///< the number of the one that it repeats; 0 = none
};

/// How an avatar made of photos is coming along.
struct PhotoCard {
  domain::Avatar avatar;
  bool is_agreed = false;
  std::int64_t kept = 0;
  std::int64_t checking = 0;         ///< photos that nobody has looked at yet
  std::vector<PhotoLine> lines;      ///< refused and weak ones only
  std::int64_t card_message_id = 0;  ///< the message that shows it; 0 = none
  bool is_buried = false;            ///< its person has written below that message
  std::optional<domain::Avatar> main;
  std::int64_t card_revision = 0;  ///< of the chat, for paid buttons
};

struct PhotoRules {
  std::int64_t most = 0;  ///< photos of one avatar
  int draft_days = 0;
};

/// Avatars that are made of photos, without a training: a photo begins a draft, one that is kept and a consent make it
/// ready. "Not yours", "absent" and "gone for good" are the same answer: not_found. What changes is collected, and what
/// is told of it goes through the outbox.
class ReferenceAvatars {
 public:
  ReferenceAvatars(Context context, const People& people) : context_(context), people_(people) {}

  bool are_on() const { return context_.policy.takes_photos; }
  PhotoRules rules() const { return {context_.policy.photos_most, context_.policy.draft_days}; }

  /// Which avatar a sent photo is for from then on: the awaited one, or a new draft called `name`. What cannot serve is
  /// noted as refused without being loaded. Errors: update_unsupported (no photos are taken, or what was sent is no
  /// picture and no avatar waits for one), avatar_limit.
  Task<Result<Uuid>> take(Actor& actor, std::optional<Uuid> awaited, SentPhoto sent, std::string name);

  /// The person says of whom the photos are and agrees, in the words of this release. Again it says only the former.
  /// Errors: not_found.
  Task<Result<void>> agree(Actor& actor, Uuid avatar, domain::Gender gender);

  /// Weak photos go. Errors: not_found. Gives how many are told to go.
  Task<Result<std::int64_t>> drop_weak(Actor& actor, Uuid avatar);

  /// Photos, consent and avatar go at once and do not come back; pictures made with it stay. The next usable avatar
  /// becomes the main one. Errors: not_found, card_changed (`only_draft`, and it is ready by now).
  Task<Result<domain::Avatar>> withdraw(Actor& actor, Uuid avatar, bool only_draft);

  /// The message shows how it is coming along from now on. Errors: not_found.
  Task<Result<domain::Avatar>> show_at(Actor& actor, Uuid avatar, std::int64_t message_id);

  /// Nothing when there is none to tell of.
  Task<std::optional<PhotoCard>> card(Uuid owner, Uuid avatar, std::int64_t chat_id);

 private:
  using Set = stores::photo_sets::Set;
  Task<Result<Set>> wanted(Actor& actor, std::optional<Uuid> awaited, bool is_picture, std::string name);
  Task<Result<Set>> begin(Actor& actor, std::string name);
  Task<Result<Set>> own(Actor& actor, Uuid avatar);
  TimePoint draft_end(Actor& actor) const;
  void tell(Actor& actor, const Set& set, Millis delay);

  Context context_;
  const People& people_;
};

}  // namespace aisha::services
