// SPDX-License-Identifier: Apache-2.0
#include "app/backup/backup_manifest.hpp"

#include <gtest/gtest.h>

namespace aisha::app {
namespace {

BackupManifest sample() {
  BackupManifest out;
  out.schema = 3;
  out.made_at = "2026-01-15T14:05:09.120Z";
  out.files = {{"aisha.db", 4096, std::string(64, 'a')},
               {"blobs/aisha-v2-generated/2026/01/15/x y.jpg", 7, std::string(64, 'b')}};
  return out;
}

std::string problem(const std::string& text) {
  const auto read = read_manifest(text);
  return read ? "" : std::string(code_of(read.error().code)) + " " + read.error().detail;
}

TEST(BackupManifest, ComesBackAsItWasWritten) {
  const auto read = read_manifest(write_manifest(sample()));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->schema, 3);
  EXPECT_EQ(read->made_at, "2026-01-15T14:05:09.120Z");
  ASSERT_EQ(read->files.size(), 2U);
  EXPECT_EQ(read->files[1].path, "blobs/aisha-v2-generated/2026/01/15/x y.jpg");
  EXPECT_EQ(read->files[1].bytes, 7U);
  EXPECT_EQ(read->files[1].sha256, std::string(64, 'b'));
}

TEST(BackupManifest, Row70EveryTruncationIsRefusedWithTheByte) {
  const std::string whole = write_manifest(sample());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_TRUE(problem(whole.substr(0, size)).starts_with("backup.invalid manifest: byte ")) << size;
  }
  EXPECT_EQ(problem(whole.substr(0, 60)), "backup.invalid manifest: byte 60: cut off");
}

TEST(BackupManifest, Row70EveryChangedByteIsRefused) {
  const std::string whole = write_manifest(sample());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_TRUE(problem(changed).starts_with("backup.invalid manifest: byte ")) << at;
  }
}

TEST(BackupManifest, Row70AnotherFormatIsRefused) {
  std::string other = write_manifest(sample());
  other.replace(0, 14, "aisha-backup 2");
  EXPECT_EQ(problem(other), "backup.invalid manifest: byte 0: not a backup of this release's format");
}

TEST(BackupManifest, NoPathLeadsOutOfTheBackup) {
  for (const char* path : {"../aisha.db", "/etc/passwd", "blobs/../../x", ""}) {
    BackupManifest manifest = sample();
    manifest.files[0].path = path;
    EXPECT_TRUE(problem(write_manifest(manifest)).ends_with("not understood")) << path;
  }
}

}  // namespace
}  // namespace aisha::app
