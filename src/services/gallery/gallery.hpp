// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "domain/own_days.hpp"
#include "domain/picture.hpp"
#include "services/gallery/statistics.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

/// A stored picture's bytes and how to call it.
struct Original {
  std::string bytes;
  std::string content_type;
  std::string file_name;  ///< "aisha_2026-01-15_business_1a2b.jpg"
};

/// What became of the wish to remove a picture.
enum class Removal : std::uint8_t {
  done,
  is_kept,  ///< nothing: it is a favourite or saved, which is asked about first
};

/// The message whose button was pressed.
struct Pressed {
  std::int64_t message_id = 0;
  bool is_menu_card = true;
};

/// Finished pictures. "Not yours" and "absent" are the same answer: not_found.
class Gallery {
 public:
  Gallery(Context context, blobs::BlobStore& blobs) : context_(context), blobs_(blobs) {}

  /// A finished picture; a removed one is Errc::already_deleted, a purged one not_found.
  Task<Result<domain::Picture>> picture(Uuid owner, Uuid id);
  /// Its bytes. Also Errc::unavailable when the store is away, not_found for an imported picture without an object.
  Task<Result<Original>> original(Uuid owner, Uuid id);
  /// Has the original sent into the chat as a document (collected: a row of the outbox). Errors of
  /// `picture`.
  Task<Result<void>> send_original(Actor& actor, Uuid id);
  /// The small picture (WebP, short side 256).
  Task<Result<std::string>> thumbnail(Uuid owner, Uuid id);

  /// Into the trash for Policy::trash_days (collected); every message that shows the picture is changed. One that is
  /// kept goes only when `even_kept`. Errc::not_found, already_deleted.
  Task<Result<Removal>> remove(Actor& actor, Uuid id, Pressed pressed, bool even_kept = true);
  /// Out of the trash again, and back into its other messages; gives it in its place. A picture that is not in the
  /// trash is left as it is. Errc::not_found once it is purged, or removed for ever.
  Task<Result<domain::OwnPlace>> restore(Actor& actor, Uuid id, Pressed pressed);

  /// Has every message that shows the picture say what is true of it then (collected).
  Task<void> tell_messages(Actor& actor, Uuid id, Pressed pressed);

  /// A menu card that showed `photo_key` has another one below it: when that was a picture of somebody's, the message
  /// is one that shows it (collected).
  void left_behind(Actor& actor, std::int64_t message_id, std::string_view photo_key);
  /// The message is there no more. Best effort.
  Task<void> message_gone(std::int64_t chat_id, std::int64_t message_id);

  /// The newest live picture whose object is there, for the Home card.
  Task<std::optional<domain::Picture>> recent(Uuid owner);
  /// Everything there is to count, on this day of the owner's; from short memory when it has them.
  Task<OwnFigures> figures(Uuid owner, std::string today);
  /// The face of an avatar (domain::Avatar::photo): bytes of a picture, empty when there is none.
  Task<std::string> face(std::string photo);
  int trash_days() const { return context_.policy.trash_days; }

 private:
  void tell_batch(Actor& actor, const domain::Picture& picture);

  Context context_;
  blobs::BlobStore& blobs_;
};

}  // namespace aisha::services
