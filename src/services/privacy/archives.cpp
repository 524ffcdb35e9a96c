// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/archives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "base/json.hpp"
#include "base/log.hpp"
#include "base/on_pool.hpp"
#include "domain/user.hpp"
#include "services/people/people.hpp"
#include "services/privacy/archive_documents.hpp"
#include "stores/people/favorite_styles.hpp"
#include "stores/photos/training_photos.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace own_data = stores::own_data;
using Packing = ZipWriter::Packing;

constexpr std::int64_t kPage = 100;
/// Documents, the list of the entries.
constexpr std::int64_t kBesidePictures = 4 << 20;

Uuid last_of_all() {
  Uuid id;
  id.bytes.fill(0xFF);
  return id;
}

/// The last picture of a part; before the first one for 0.
Uuid end_of(const ArchivePart& part, std::int64_t number) {
  const auto at = static_cast<std::size_t>(number - 1);
  return number > 0 && at < part.plan.ends.size() ? Uuid::parse(part.plan.ends[at]).value_or(Uuid()) : Uuid();
}

}  // namespace

/// One archive in the making.
struct Archives::Work {
  Uuid owner;
  TimePoint asked_at{};
  Uuid upto;  ///< the last picture of all
  std::int64_t parts = 1;
  std::int64_t pictures = 0;  ///< whose file is there
  archive_names::Titles titles;
  std::function<std::string(const ArchiveFacts&)> readme;
  own_data::Person person{};
  archive_names::Paths paths{};
  std::set<Uuid> missing{};         ///< known not to be there
  std::vector<std::string> lost{};  ///< paths that turned out not to be there
  ZipWriter zip;

  ArchiveFacts facts() const {
    ArchiveFacts out{asked_at, pictures, parts, {}};
    for (const Uuid& id : missing) {
      if (const auto path = paths.find(id); path != paths.end()) {
        out.missing.push_back(path->second);
      }
    }
    return out;
  }
};

std::string ArchivePart::file_name() const {
  const std::string day = to_iso8601(asked_at).substr(0, 10);
  return parts == 1 ? fmt::format("aisha_{}.zip", day) : fmt::format("aisha_{}_part_{}_of_{}.zip", day, number, parts);
}

Task<Result<ArchivePart>> Archives::part(Uuid request, std::int64_t number) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto found = co_await stores::data_requests::find(unit, request);
  if (!found || found->finished_at || found->progress.part != number) {
    co_return fail(Errc::not_found);
  }
  auto plan = json::decode<ExportPlan>(found->progress.tally);
  if (!plan) {
    co_return fail(Errc::export_failed, "its plan cannot be read: " + plan.error().detail);
  }
  co_return ArchivePart{found->id, found->user_id,        found->language, found->created_at,
                        number,    found->progress.parts, std::move(*plan)};
}

Task<std::optional<ExportProgress>> Archives::progress(Uuid request) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto found = co_await stores::data_requests::find(unit, request);
  if (!found) {
    co_return std::nullopt;
  }
  const bool is_unmade = found->error_code == code_of(Errc::export_failed);
  co_return ExportProgress{found->progress.part, found->progress.parts, is_unmade};
}

std::optional<ArchiveTurn> Archives::take_turn() {
  return is_busy_ ? std::nullopt : std::optional<ArchiveTurn>(std::in_place, is_busy_);
}

Task<Result<std::string>> Archives::pack(ArchivePart part, ArchiveWords words) {
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(std::min(part.plan.bytes, context_.policy.export_part) + kBesidePictures));
  Work work{.owner = part.owner,
            .asked_at = part.asked_at,
            .upto = end_of(part, part.parts),
            .parts = part.parts,
            .pictures = part.plan.pictures,
            .titles = archive_names::titles_of(templates_, part.language, std::move(words.own_prompt)),
            .readme = std::move(words.readme),
            .zip = ZipWriter([&bytes](std::string_view more) {
              bytes.append(more);
              return true;
            })};
  for (const std::string& id : part.plan.missing) {
    work.missing.insert(Uuid::parse(id).value_or(Uuid()));
  }
  auto named = co_await look_up(work);
  if (!named) {
    co_return std::unexpected(named.error());
  }
  if (part.number == 1) {
    auto documents = co_await add_documents(work);
    if (!documents) {
      co_return std::unexpected(documents.error());
    }
  }
  const own_data::Range range{end_of(part, part.number - 1), end_of(part, part.number)};
  auto pictures = co_await add_pictures(work, range);
  if (!pictures) {
    co_return std::unexpected(pictures.error());
  }
  if (!work.lost.empty()) {
    std::string list = fmt::format("{}\n", fmt::join(work.lost, "\n"));
    const std::string name = fmt::format("missing_part_{}.txt", part.number);
    const auto add = [&] { return work.zip.add(name, list, work.asked_at, Packing::deflated); };
    auto added = co_await aside(add);
    if (!added) {
      co_return std::unexpected(added.error());
    }
  }
  const auto finish = [&] { return work.zip.finish(); };
  auto finished = co_await aside(finish);
  if (!finished) {
    co_return std::unexpected(finished.error());
  }
  co_return std::move(bytes);
}

Task<Result<ArchiveFacts>> Archives::write_all(Uuid owner, std::string language, ArchiveWords words, ZipSink sink) {
  Work work{.owner = owner,
            .asked_at = context_.db.now(),
            .upto = last_of_all(),
            .titles = archive_names::titles_of(templates_, std::move(language), std::move(words.own_prompt)),
            .readme = std::move(words.readme),
            .zip = ZipWriter(std::move(sink))};
  auto named = co_await look_up(work);
  if (!named) {
    co_return std::unexpected(named.error());
  }
  if (work.person.user.id != owner) {
    co_return fail(Errc::not_found);
  }
  // What is missing is known behind the pictures, so the documents come last.
  const own_data::Range all{{}, last_of_all()};
  auto added = co_await add_pictures(work, all);
  if (added) {
    added = co_await add_documents(work);
  }
  if (added) {
    const auto finish = [&] { return work.zip.finish(); };
    added = co_await aside(finish);
  }
  if (!added) {
    co_return std::unexpected(added.error());
  }
  co_return work.facts();
}

/// Who it is about, and how their pictures are called.
Task<Result<void>> Archives::look_up(Work& work) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto person = co_await own_data::person(unit, work.owner);
  if (!person) {
    co_return Result<void>{};
  }
  work.person = std::move(*person);
  const auto names = co_await own_data::names(unit, work.owner);
  const auto name_all = [&]() -> Result<void> {
    work.paths = archive_names::picture_paths(names, work.titles);
    std::erase_if(work.paths, [&](const auto& entry) { return entry.first > work.upto; });
    return {};
  };
  co_return co_await aside(name_all);
}

Task<Result<void>> Archives::add_documents(Work& work) {
  auto pictures = co_await pictures_json(work);
  if (!pictures) {
    co_return std::unexpected(pictures.error());
  }
  auto faces = co_await add_faces(work);
  if (!faces) {
    co_return faces;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto styles = co_await stores::favorite_styles::list(unit, work.owner);
  const auto movements = co_await own_data::movements(unit, work.owner);
  const auto appeals = co_await stores::appeals::all_of(unit, work.owner);
  const auto write = [&]() -> Result<void> {
    const domain::UserSettings settings = work.person.settings.value_or(domain::UserSettings{});
    Result<void> outcome;
    const auto add = [&](const char* name, const std::string& text) {
      if (outcome) {
        outcome = work.zip.add(name, text, work.asked_at, Packing::deflated);
      }
    };
    add("README.txt", work.readme(work.facts()));
    add("profile.json", archive_documents::profile_json(work.person));
    add("settings.json", archive_documents::settings_json(settings, styles));
    add("pictures.json", *pictures);
    add("coins.json", archive_documents::coins_json(work.person, movements));
    add("appeals.json", archive_documents::appeals_json(appeals));
    return outcome;
  };
  co_return co_await aside(write);
}

Task<Result<std::string>> Archives::pictures_json(Work& work) {
  archive_documents::PicturesJson out(work.paths, work.missing, work.titles);
  own_data::Range range{{}, last_of_all()};
  for (;;) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto page = co_await own_data::finished(unit, work.owner, range, kPage);
    const auto add = [&]() -> Result<void> {
      out.add(page);
      return {};
    };
    auto added = co_await aside(add);
    if (!added) {
      co_return std::unexpected(added.error());
    }
    if (std::ssize(page) < kPage) {
      co_return std::move(out).finish();
    }
    range.after = page.back().picture.id;
  }
}

/// The list of their avatars, and their own faces: not those of demo avatars, which are the operator's.
Task<Result<void>> Archives::add_faces(Work& work) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto avatars = co_await stores::avatars::list(unit, work.owner);
  auto own = avatars;
  std::erase_if(own, [&](const stores::avatars::Own& one) { return people_.is_demo(one.avatar); });
  archive_names::Paths paths = archive_names::face_paths(own);
  for (const stores::avatars::Own& one : own) {
    auto sent = co_await add_photos(work, one.avatar);
    if (!sent) {
      co_return sent;
    }
    const auto path = paths.find(one.avatar.id);
    if (path == paths.end()) {
      continue;
    }
    const std::size_t lost = work.lost.size();
    auto added = co_await add_object(work, one.avatar.photo, path->second, one.avatar.created_at);
    if (!added) {
      co_return added;
    }
    if (work.lost.size() > lost) {
      paths.erase(path);
    }
  }
  const auto write = [&] {
    return work.zip.add("avatars.json", archive_documents::avatars_json(avatars, paths), work.asked_at,
                        Packing::deflated);
  };
  co_return co_await aside(write);
}

/// Those that it is made of, beside the one that is its face.
Task<Result<void>> Archives::add_photos(Work& work, const domain::Avatar& avatar) {
  if (avatar.made_from != domain::MadeFrom::references) {
    co_return Result<void>{};
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto photos = co_await stores::training_photos::list(unit, avatar.id);
  for (const stores::training_photos::Photo& photo : photos) {
    if (photo.object_key.empty() || photo.object_key == avatar.photo) {
      continue;
    }
    std::string path = archive_names::photo_path(avatar, photo.id, photo.object_key);
    auto added = co_await add_object(work, photo.object_key, std::move(path), photo.created_at);
    if (!added) {
      co_return added;
    }
  }
  co_return Result<void>{};
}

Task<Result<void>> Archives::add_pictures(Work& work, own_data::Range range) {
  for (;;) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto page = co_await own_data::stored(unit, work.owner, range, kPage);
    for (const domain::OwnPicture& own : page) {
      const domain::Picture& picture = own.picture;
      const auto path = work.paths.find(picture.id);
      if (path == work.paths.end() || work.missing.contains(picture.id)) {
        continue;
      }
      const std::size_t lost = work.lost.size();
      auto added = co_await add_object(work, picture.object.key, path->second, picture.created_at);
      if (!added) {
        co_return added;
      }
      work.lost.size() > lost ? void(work.missing.insert(picture.id)) : void(++work.pictures);
    }
    if (std::ssize(page) < kPage) {
      co_return Result<void>{};
    }
    range.after = page.back().picture.id;
  }
}

Task<Result<void>> Archives::add_object(Work& work, std::string key, std::string path, TimePoint modified) {
  const auto bytes = co_await blobs_.get(blobs::Bucket::generated, std::move(key));
  if (!bytes && bytes.error().code == Errc::not_found) {
    work.lost.push_back(std::move(path));
    co_return Result<void>{};
  }
  if (!bytes) {
    co_return fail(Errc::unavailable, bytes.error().detail);
  }
  const auto add = [&] { return work.zip.add(path, *bytes, modified, Packing::stored); };
  co_return co_await aside(add);
}

Task<Result<void>> Archives::aside(std::function<Result<void>()> work) {
  // What fails here fails every time: there is no locale, no memory.
  auto guarded = [work = std::move(work)]() -> Result<void> {
    try {
      return work();
    } catch (const std::exception& problem) {
      return fail(Errc::export_failed, problem.what());
    }
  };
  if (pool_ == nullptr) {
    co_return guarded();
  }
  const Executor home = co_await boost::asio::this_coro::executor;
  co_return co_await on_pool(*pool_, home, std::move(guarded));
}

}  // namespace aisha::services
