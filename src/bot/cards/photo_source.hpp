// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "bot/cards/card.hpp"
#include "services/gallery/gallery.hpp"
#include "services/gallery/own_sheets.hpp"
#include "services/gallery/sheets.hpp"
#include "services/gallery/uploads.hpp"
#include "telegram/methods.hpp"

namespace aisha::bot {

/// A photo or document ready for a call: by id when Telegram has it, else its bytes.
struct Drawn {
  telegram::InputFile file;
  std::string key;            ///< under which its file id is remembered
  std::optional<Uuid> owner;  ///< whose picture it shows; nothing = everybody's drawing
  std::string scope;          ///< what of theirs its file id is forgotten with

  bool by_id() const { return std::holds_alternative<telegram::FileId>(file); }

  /// While it lives, others who want the same picture wait for its file id instead of uploading it too.
  std::shared_ptr<void> claim;
};

/// What a card shows -> what the Bot API takes. One upload a picture and bot.
class PhotoSource {
 public:
  PhotoSource(services::Sheets& sheets, services::OwnSheets& own_sheets, services::Uploads& uploads,
              services::Gallery& gallery, Clock& clock)
      : sheets_(sheets), own_sheets_(own_sheets), uploads_(uploads), gallery_(gallery), clock_(clock) {}

  /// `owner` is asked for what is somebody's. Errors: not_found, already_deleted, unavailable, those of the imager.
  Task<Result<Drawn>> get(Photo photo, Uuid owner);
  /// A stored picture as a document, which has a file id of its own.
  Task<Result<Drawn>> original(Uuid generation, Uuid owner);
  /// A card's picture as a file, for when Telegram takes no photo of it.
  Task<Result<Drawn>> as_file(Photo photo, Uuid owner);
  /// Telegram takes no photo of these bytes: it is not asked again by this process.
  void refused(const Photo& photo);
  bool is_refused(const Photo& photo) const;
  /// Telegram took the upload (or already had it: nothing happens).
  Task<void> uploaded(Drawn drawn, std::string file_id);
  /// Telegram does not know the id any more: the next `get` gives bytes.
  Task<void> forget(std::string key);
  /// These are likely to be asked for next: their file ids are taken into memory in one statement. At most eight.
  Task<void> read_ahead(std::vector<Photo> photos);

  /// Identity of the picture, the version of the drawings included.
  std::string key_for(const Photo& photo) const;

 private:
  Task<Result<std::string>> faces_of(photo::Faces shown);
  Task<Result<telegram::Upload>> stored(Uuid generation, Uuid owner);
  Task<Result<telegram::Upload>> bytes_of(Photo photo, Uuid owner);
  std::string version_for(const Photo& photo) const;
  /// Without its file yet.
  Drawn nameplate(const Photo& photo, Uuid owner) const;

  services::Sheets& sheets_;
  services::OwnSheets& own_sheets_;
  services::Uploads& uploads_;
  services::Gallery& gallery_;
  Clock& clock_;
  std::map<std::string, TimePoint> refused_;  ///< until when
  std::shared_ptr<std::set<std::string>> uploading_ = std::make_shared<std::set<std::string>>();
};

}  // namespace aisha::bot
