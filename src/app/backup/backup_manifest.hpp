// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace aisha::app {

struct BackupFile {
  std::string path;  ///< below the backup's folder: "aisha.db", "blobs/<bucket>/<key>"
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// What a backup holds. The file `manifest` is text, a line each; it is written last, so that a backup cut short has
/// none, and ends with its own length and hash.
struct BackupManifest {
  int schema = 0;
  std::string made_at;
  std::vector<BackupFile> files;
};

inline constexpr const char* kManifestName = "manifest";
inline constexpr const char* kBackupDatabase = "aisha.db";
inline constexpr const char* kBackupBlobs = "blobs";

std::string write_manifest(const BackupManifest& manifest);

/// Errc::backup_invalid; the detail names the byte where it stops making sense.
Result<BackupManifest> read_manifest(const std::string& text);

/// Length and hash of a file read in pieces; Errc::start_failed.
Result<BackupFile> fingerprint(const std::filesystem::path& file);

/// Reads every file of the backup and compares. Errc::backup_invalid names the file, and the byte where it is cut off.
Result<BackupManifest> verify_backup(const std::filesystem::path& folder);

}  // namespace aisha::app
