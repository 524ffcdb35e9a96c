// SPDX-License-Identifier: Apache-2.0
#include "services/photos/photo_intake.hpp"

#include <utility>

#include "base/backoff.hpp"
#include "base/hashing.hpp"
#include "base/log.hpp"
#include "services/photos/photo_telling.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/jobs/provider_files.hpp"
#include "stores/photos/photo_sets.hpp"
#include "stores/photos/training_photos.hpp"
#include "stores/upkeep/identity.hpp"

namespace aisha::services {
namespace {

namespace photo_sets = stores::photo_sets;
namespace photos = stores::training_photos;

constexpr std::size_t kMostBytes = domain::kPhotoMaxBytes;
constexpr Millis kFirstPause{1'000};
constexpr Millis kLastPause{60'000};
/// The decoder died of it once, or was ended for another reason: it may come again, not for ever.
constexpr std::int64_t kDecoderTries = 3;
/// A photo of the same avatar was kept, or its person agreed, while this one was decided on.
constexpr int kDecisions = 4;

domain::PhotoLooks looks_of(const imaging::PhotoReport& report) {
  domain::PhotoLooks looks;
  looks.width = report.width;
  looks.height = report.height;
  looks.luma = report.luma;
  looks.dhash = report.dhash;
  looks.faces_known = report.faces_known;
  for (const imaging::FaceBox& face : report.faces) {
    looks.faces.push_back(
        {static_cast<double>(face.x), static_cast<double>(face.y), static_cast<double>(face.side), face.score});
  }
  looks.face_sharpness = report.face_sharpness;
  looks.sharpness = report.sharpness;
  return looks;
}

/// A database beside another one's pictures removes none of them.
Task<Result<void>> remove_own(Context context, blobs::BlobStore& blobs, std::string key) {
  stores::UnitOfWork unit(context.db, context.rng);
  const Uuid database = co_await stores::identity::load(unit);
  auto owned = co_await check_bucket(blobs, database);
  if (!owned) {
    co_return std::unexpected(std::move(owned.error()));
  }
  co_return co_await blobs.remove(blobs::Bucket::generated, std::move(key));
}

}  // namespace

Task<std::optional<Millis>> PhotoIntake::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await photos::next_due(unit);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> PhotoIntake::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto taken = co_await photos::claim(unit, limit, context_.policy.photo_lease);
  std::vector<Task<void>> out;
  for (Photo& photo : taken) {
    out.push_back(run(std::move(photo)));
  }
  co_return out;
}

Task<void> PhotoIntake::run(Photo photo) {
  if (photo.state == photos::State::removed) {
    co_await take_away(std::move(photo));
  } else {
    co_await look_at(std::move(photo));
  }
}

/// Under its key whatever became of it: somebody may have stored it and died before saying so.
Task<void> PhotoIntake::take_away(Photo photo) {
  std::string key = domain::photo_object_key(photo.avatar_id, photo.id);
  auto removed = co_await remove_own(context_, blobs_, std::move(key));
  if (!removed) {
    co_await wait(std::move(photo), std::move(removed.error()));
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::provider_files::forget(unit, domain::photo_object_key(photo.avatar_id, photo.id));
  photos::forget(unit, photo);
  co_await commit(unit);
}

/// Asked before anything is loaded.
Task<bool> PhotoIntake::has_enough(Uuid avatar) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto with = co_await photos::compared(unit, avatar);
  co_return with&& std::ssize(with->kept) >= context_.policy.photos_most;
}

Task<Result<imaging::PhotoReport>> PhotoIntake::report_of(const Photo& photo) {
  auto bytes = co_await files_.fetch(photo.file_id, kMostBytes);
  if (!bytes) {
    co_return std::unexpected(std::move(bytes.error()));
  }
  co_return co_await imager_.photo(std::move(*bytes));
}

Task<void> PhotoIntake::look_at(Photo photo) {
  const bool is_one_too_many = co_await has_enough(photo.avatar_id);
  const domain::PhotoVerdict unseen;
  if (is_one_too_many) {
    co_await refuse(std::move(photo), Errc::photo_enough, unseen);
    co_return;
  }
  auto report = co_await report_of(photo);
  if (report) {
    co_await decide(std::move(photo), std::move(*report));
    co_return;
  }
  const Errc why = report.error().code;
  const bool may_pass =
      why == Errc::unavailable || (why == Errc::image_decoder_failed && photo.attempts < kDecoderTries);
  if (may_pass && context_.db.now() - photo.created_at < context_.policy.photo_give_up) {
    co_await wait(std::move(photo), std::move(report.error()));
    co_return;
  }
  const Errc told = why == Errc::unavailable ? Errc::photo_gone : why;
  co_await refuse(std::move(photo), told, unseen);
}

Task<void> PhotoIntake::decide(Photo photo, imaging::PhotoReport report) {
  const domain::PhotoLooks looks = looks_of(report);
  std::string sha256;
  for (int i = 0; i < kDecisions; ++i) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto with = co_await photos::compared(unit, photo.avatar_id);
    if (!with) {
      // Thrown away meanwhile: the row says so by now.
      break;
    }
    domain::PhotoVerdict verdict = domain::judge_photo(looks, with->kind, with->kept);
    if (std::ssize(with->kept) >= context_.policy.photos_most) {
      verdict.refused = Errc::photo_enough;
    }
    if (verdict.refused) {
      co_await refuse(std::move(photo), *verdict.refused, verdict);
      co_return;
    }
    if (sha256.empty()) {
      sha256 = co_await sha256_in_pieces(report.jpeg);
      auto stored = co_await put(photo, report.jpeg);
      if (!stored) {
        co_await wait(std::move(photo), std::move(stored.error()));
        co_return;
      }
    }
    const photos::Object object{report.kept_width, report.kept_height, std::ssize(report.jpeg), sha256, report.dhash};
    photos::keep(unit, photo, verdict, object, *with);
    const bool kept = co_await keep(unit, photo);
    if (kept) {
      co_return;
    }
  }
  // Somebody else's by now, or removed: what is to go is not kept waiting for the end of the lease.
  stores::UnitOfWork unit(context_.db, context_.rng);
  photos::retry(unit, photo, Millis(0));
  co_await commit(unit);
}

Task<Result<void>> PhotoIntake::put(const Photo& photo, std::string jpeg) {
  co_return co_await blobs_.put(blobs::Bucket::generated, domain::photo_object_key(photo.avatar_id, photo.id),
                                std::move(jpeg), "image/jpeg");
}

/// What is collected is a photo that is kept; false when something else was faster.
Task<bool> PhotoIntake::keep(stores::UnitOfWork& unit, const Photo& photo) {
  photo_sets::count_photos(unit, photo.avatar_id);
  const auto set = co_await photo_sets::find(unit, photo.avatar_id, photo.user_id);
  if (set && !set->is_binned) {
    if (set->is_agreed && domain::is_photo_draft(set->avatar)) {
      co_await make_ready(unit, *set);
    } else {
      tell_photo_card(unit, *set, context_.policy.photo_card_delay);
    }
  }
  const bool kept = co_await commit(unit);
  if (kept) {
    co_await files_.acknowledge(photo.chat_id, photo.message_id, true);
  }
  co_return kept;
}

Task<void> PhotoIntake::make_ready(stores::UnitOfWork& unit, const photo_sets::Set& set) {
  const Uuid owner = set.avatar.user_id;
  const auto main = co_await stores::avatars::main_of(unit, owner);
  const auto columns = co_await stores::avatars::columns(unit);
  photo_sets::complete(unit, set.avatar.id, columns);
  if (gives_way(people_, main)) {
    stores::avatars::set_main(unit, owner, set.avatar.id);
  }
  tell_avatar_ready(unit, set);
}

Task<void> PhotoIntake::refuse(Photo photo, Errc why, domain::PhotoVerdict verdict) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto set = co_await photo_sets::find(unit, photo.avatar_id, photo.user_id);
  photos::refuse(unit, photo, why, verdict);
  if (set && !set->is_binned) {
    tell_photo_card(unit, *set, context_.policy.photo_card_delay);
  }
  log::info("photo {} of avatar {}: {}", photo.id.to_string(), photo.avatar_id.to_string(), code_of(why));
  const bool written = co_await commit(unit);
  if (written) {
    co_await files_.acknowledge(photo.chat_id, photo.message_id, false);
  }
}

Task<void> PhotoIntake::wait(Photo photo, Error why) {
  const Millis pause = doubled(kFirstPause, photo.attempts - 1, kLastPause);
  log::warn("photo {} waits {} s: {} [{}]", photo.id.to_string(), pause.count() / 1'000, why.detail, code_of(why.code));
  stores::UnitOfWork unit(context_.db, context_.rng);
  photos::retry(unit, photo, pause);
  co_await commit(unit);
}

Task<bool> PhotoIntake::commit(stores::UnitOfWork& unit) {
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.outbox.notify();
  }
  co_return written.has_value();
}

}  // namespace aisha::services
