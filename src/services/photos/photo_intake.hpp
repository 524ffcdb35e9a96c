// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "blobs/blob_store.hpp"
#include "domain/avatar_photo.hpp"
#include "imaging/imager.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/people/people.hpp"

namespace aisha::stores {
class UnitOfWork;
}
namespace aisha::stores::training_photos {
struct Photo;
}
namespace aisha::stores::photo_sets {
struct Set;
}

namespace aisha::services {

/// Port of PhotoIntake, implemented in `bot`: the files that people sent. Outages are answers, not exceptions.
class FileSource {
 public:
  virtual ~FileSource() = default;
  /// Its bytes. Errors: unavailable (not now), photo_too_many_bytes (more than `most`, or than Telegram gives),
  /// photo_gone (there is no such file any more).
  virtual Task<Result<std::string>> fetch(std::string file_id, std::size_t most) = 0;
  /// A sign at the message that it was looked at; whether it is seen is nobody's concern.
  virtual Task<void> acknowledge(std::int64_t chat_id, std::int64_t message_id, bool is_kept) = 0;
};

/// Looks at the photos that people sent for their avatars: loads each, has it measured and made plain in a process of
/// its own, judges it and keeps it, or says why not. The first that is kept makes an avatar ready whose person has
/// agreed. Takes away the objects of those that are removed.
class PhotoIntake final : public Worker {
 public:
  PhotoIntake(Context context, blobs::BlobStore& blobs, imaging::Imager& imager, FileSource& files,
              const People& people)
      : context_(context), blobs_(blobs), imager_(imager), files_(files), people_(people) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  using Photo = stores::training_photos::Photo;
  Task<void> run(Photo photo);
  Task<void> take_away(Photo photo);
  Task<void> look_at(Photo photo);
  Task<bool> has_enough(Uuid avatar);
  Task<Result<imaging::PhotoReport>> report_of(const Photo& photo);
  Task<void> decide(Photo photo, imaging::PhotoReport report);
  Task<Result<void>> put(const Photo& photo, std::string jpeg);
  Task<bool> keep(stores::UnitOfWork& unit, const Photo& photo);
  Task<void> make_ready(stores::UnitOfWork& unit, const stores::photo_sets::Set& set);
  Task<void> refuse(Photo photo, Errc why, domain::PhotoVerdict verdict);
  Task<void> wait(Photo photo, Error why);
  Task<bool> commit(stores::UnitOfWork& unit);

  Context context_;
  blobs::BlobStore& blobs_;
  imaging::Imager& imager_;
  FileSource& files_;
  const People& people_;
};

}  // namespace aisha::services
