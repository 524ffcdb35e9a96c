// SPDX-License-Identifier: Apache-2.0
#include "app/backup/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "app/backup/backup_manifest.hpp"
#include "app/engines/engines.hpp"
#include "app/engines/store_claim.hpp"
#include "base/log.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "blobs/disk/files.hpp"
#include "sql/sqlite/connection.hpp"
#include "sql/sqlite/copy.hpp"
#include "sql/sqlite/lock_file.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "stores/upkeep/identity.hpp"

namespace aisha::app {
namespace {

namespace fs = std::filesystem;

constexpr Millis kBusy{5'000};

/// What is kept where, by the settings.
struct Places {
  fs::path database;
  fs::path blobs;  ///< "" = not on this machine
};

Result<Places> places_of(const config::Config& config) {
  if (!config.database_url.starts_with("sqlite:")) {
    return fail(Errc::config_invalid,
                "this command is for the embedded database; for PostgreSQL see docs/operations/backup.md");
  }
  Places out;
  out.database = after_scheme(config.database_url);
  if (config.blobs_url.starts_with("dir:")) {
    out.blobs = after_scheme(config.blobs_url);
  }
  return out;
}

/// Files on the disk, not only in the kernel's memory.
bool sync_file(const fs::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) {
    ::close(fd);
  }
  return synced;
}

Result<void> copy_durably(const fs::path& from, const fs::path& to) {
  if (auto made = blobs::make_folders(to.parent_path()); !made) {
    return made;
  }
  std::error_code ec;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, ec);
  if (ec || !sync_file(to, O_RDONLY) || !sync_file(to.parent_path(), O_RDONLY | O_DIRECTORY)) {
    const bool full = ec == std::errc::no_space_on_device;
    return fail(full ? Errc::disk_full : Errc::start_failed, fmt::format("{} cannot be written", to.string()));
  }
  return {};
}

/// Copies the objects that are not in `done` yet. Unfinished ones have a leading dot; one that is removed meanwhile is
/// no longer wanted.
Result<void> copy_objects(const fs::path& from, const fs::path& folder, std::map<std::string, BackupFile>& done) {
  std::error_code ec;
  if (from.empty() || !fs::exists(from, ec)) {
    return {};
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
    const std::string path = (fs::path(kBackupBlobs) / entry.path().lexically_relative(from)).string();
    if (!entry.is_regular_file(ec) || entry.path().filename().string().starts_with('.') || done.contains(path)) {
      continue;
    }
    auto copied = copy_durably(entry.path(), folder / path);
    if (!copied) {
      if (copied.error().code == Errc::disk_full || fs::exists(entry.path(), ec)) {
        return copied;
      }
      continue;
    }
    auto seen = fingerprint(folder / path);
    if (!seen) {
      return std::unexpected(seen.error());
    }
    seen->path = path;
    done.emplace(path, std::move(*seen));
  }
  return {};
}

Result<int> schema_of(const std::string& path) {
  const auto view = sql::sqlite::look_at_schema(path);
  if (!view) {
    return std::unexpected(view.error());
  }
  return view->version;
}

int newest_schema() {
  // What an empty database would be brought to.
  const auto nothing = sql::sqlite::look_at_schema("");
  return nothing ? static_cast<int>(nothing->pending.size()) : 0;
}

Result<void> is_free(const Places& places) {
  std::error_code ec;
  if (fs::exists(places.database, ec)) {
    return fail(Errc::start_failed,
                fmt::format("{} exists: move it away, or restore over it with --force", places.database.string()));
  }
  if (!places.blobs.empty() && fs::exists(places.blobs, ec) && !fs::is_empty(places.blobs, ec)) {
    return fail(Errc::start_failed,
                fmt::format("{} is not empty: move it away, or restore into it with --force", places.blobs.string()));
  }
  return {};
}

void remove_companions(const fs::path& database) {
  std::error_code ignored;
  for (const char* companion : {"-wal", "-shm"}) {
    fs::remove(database.string() + companion, ignored);
  }
}

/// The copy takes the place of the old file in one step; what belonged to the old one must not be read with the new
/// one.
Result<void> replace_database(const fs::path& copy, const fs::path& database) {
  std::error_code ec;
  remove_companions(database);
  fs::rename(copy, database, ec);
  const fs::path folder = database.has_parent_path() ? database.parent_path() : fs::path(".");
  if (ec || !sync_file(folder, O_RDONLY | O_DIRECTORY)) {
    return fail(Errc::start_failed, fmt::format("{} cannot be written", database.string()));
  }
  return {};
}

/// A restored database is another one than that of the backup, which may still be at work somewhere: with an id of its
/// own neither removes what the other needs.
Result<Uuid> make_another(const fs::path& copy) {
  SystemRng rng;
  Uuid id = Uuid::v7(std::chrono::floor<Millis>(std::chrono::system_clock::now()), rng);
  try {
    sql::sqlite::Connection connection(copy.string(), sql::sqlite::Connection::Access::write, kBusy);
    connection.run(stores::identity::renewal(id));
    return id;
  } catch (const std::exception& problem) {
    return fail(Errc::start_failed, fmt::format("{}: {}", copy.string(), problem.what()));
  }
}

}  // namespace

Result<void> backup_command(const config::Config& config, const std::string& to) {
  const auto places = places_of(config);
  if (!places) {
    return std::unexpected(places.error());
  }
  const fs::path folder = fs::absolute(to);
  std::error_code ec;
  if (fs::exists(folder, ec)) {
    return fail(Errc::start_failed, to + " exists already: a backup goes into a new folder");
  }
  if (auto made = blobs::make_folders(folder); !made) {
    return made;
  }
  // Objects before and after the database: what its rows name was there in one of the two looks.
  std::map<std::string, BackupFile> files;
  if (auto copied = copy_objects(places->blobs, folder, files); !copied) {
    return copied;
  }
  const fs::path copy = folder / kBackupDatabase;
  if (auto copied = sql::sqlite::copy_database(places->database.string(), copy.string()); !copied) {
    return copied;
  }
  if (auto copied = copy_objects(places->blobs, folder, files); !copied) {
    return copied;
  }
  const auto schema = schema_of(copy.string());
  auto database = fingerprint(copy);
  if (!schema || !database) {
    return std::unexpected(schema ? database.error() : schema.error());
  }
  BackupManifest manifest;
  manifest.schema = *schema;
  manifest.made_at = to_iso8601(std::chrono::floor<Millis>(std::chrono::system_clock::now()));
  database->path = kBackupDatabase;
  manifest.files.push_back(std::move(*database));
  for (auto& [path, file] : files) {
    manifest.files.push_back(std::move(file));
  }
  if (auto written = blobs::write_atomically(folder / kManifestName, write_manifest(manifest)); !written) {
    return written;
  }
  fmt::print("{}: schema {}, {} objects\n", to, manifest.schema, files.size());
  if (places->blobs.empty()) {
    fmt::print("The pictures lie in {}: back them up there.\n", log::clean(config.blobs_url));
  }
  return {};
}

Result<void> restore_command(const config::Config& config, const std::string& from, bool force) {
  const auto places = places_of(config);
  if (!places) {
    return std::unexpected(places.error());
  }
  const fs::path folder = from;
  const auto manifest = verify_backup(folder);
  if (!manifest) {
    return std::unexpected(manifest.error());
  }
  if (manifest->schema > newest_schema()) {
    return fail(Errc::backup_invalid, fmt::format("{}: byte 15: schema {} is of a newer release, this one knows {}",
                                                  kManifestName, manifest->schema, newest_schema()));
  }
  if (auto free = is_free(*places); !force && !free) {
    return free;
  }
  if (auto made = blobs::make_folders(fs::absolute(places->database).parent_path()); !made) {
    return made;
  }
  auto lock = sql::sqlite::LockFile::take(places->database.string());
  if (!lock) {
    return std::unexpected(lock.error());
  }
  // Objects first: a row must never be there before its picture.
  for (const BackupFile& file : manifest->files) {
    if (file.path == kBackupDatabase || places->blobs.empty()) {
      continue;
    }
    if (auto put =
            copy_durably(folder / file.path, places->blobs / fs::path(file.path).lexically_relative(kBackupBlobs));
        !put) {
      return put;
    }
  }
  const fs::path fresh = places->database.string() + ".restoring";
  remove_companions(fresh);
  if (auto copied = copy_durably(folder / kBackupDatabase, fresh); !copied) {
    return copied;
  }
  const auto id = make_another(fresh);
  if (!id) {
    return std::unexpected(id.error());
  }
  if (auto placed = replace_database(fresh, places->database); !placed) {
    return placed;
  }
  if (auto taken = claim_store_now(config, *id, Taking::by_force); !taken) {
    return fail(taken.error().code,
                fmt::format("{}; the database is restored: say `aisha migrate --take-over` when the "
                            "store of the pictures is there",
                            taken.error().detail));
  }
  fmt::print("restored the backup of {}: schema {}, {} files\nNow run: aisha check --objects\n", manifest->made_at,
             manifest->schema, manifest->files.size());
  return {};
}

}  // namespace aisha::app
