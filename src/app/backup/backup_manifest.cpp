// SPDX-License-Identifier: Apache-2.0
#include "app/backup/backup_manifest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <sstream>

#include "base/encoding.hpp"

namespace aisha::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormat = "aisha-backup 1\n";

std::unexpected<Error> invalid(std::string_view file, std::uint64_t byte, std::string_view why) {
  return fail(Errc::backup_invalid, fmt::format("{}: byte {}: {}", file, byte, why));
}

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
  return problem == std::errc() && end == text.data() + text.size();
}

/// The first word of `line`, taken off it.
std::string_view word(std::string_view& line) {
  const auto end = line.find(' ');
  const std::string_view out = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return out;
}

/// A path of ours stays below the folder it is put into.
bool is_inside(std::string_view path) {
  const fs::path given(path);
  return !path.empty() && given.is_relative() &&
         std::ranges::none_of(given, [](const fs::path& part) { return part == ".." || part == "." || part.empty(); });
}

bool read_line(std::string_view line, BackupManifest& out) {
  const std::string_view kind = word(line);
  if (kind == "schema") {
    return read_number(line, out.schema);
  }
  if (kind == "made") {
    out.made_at = line;
    return true;
  }
  BackupFile file;
  file.sha256 = word(line);
  const bool counted = read_number(word(line), file.bytes);
  file.path = line;
  const bool good = kind == "file" && counted && file.sha256.size() == 64 && is_inside(file.path);
  out.files.push_back(std::move(file));
  return good;
}

}  // namespace

std::string write_manifest(const BackupManifest& manifest) {
  std::string out(kFormat);
  out += fmt::format("schema {}\nmade {}\n", manifest.schema, manifest.made_at);
  for (const BackupFile& file : manifest.files) {
    out += fmt::format("file {} {} {}\n", file.sha256, file.bytes, file.path);
  }
  return out + fmt::format("end {} {}\n", out.size(), encoding::sha256_hex(out));
}

Result<BackupManifest> read_manifest(const std::string& text) {
  if (!text.starts_with(kFormat)) {
    return invalid(kManifestName, 0, "not a backup of this release's format");
  }
  const auto last = text.rfind("\nend ");
  if (last == std::string::npos || text.back() != '\n') {
    return invalid(kManifestName, text.size(), "cut off");
  }
  const std::string_view body = std::string_view(text).substr(0, last + 1);
  if (text.substr(last + 1) != fmt::format("end {} {}\n", body.size(), encoding::sha256_hex(body))) {
    return invalid(kManifestName, last + 1, "the text above was changed");
  }
  BackupManifest out;
  for (std::size_t at = kFormat.size(); at < body.size();) {
    const std::size_t end = body.find('\n', at);
    if (!read_line(body.substr(at, end - at), out)) {
      return invalid(kManifestName, at, "not understood");
    }
    at = end + 1;
  }
  return out;
}

Result<BackupFile> fingerprint(const fs::path& file) {
  constexpr std::size_t kPiece = 1U << 20U;
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return fail(Errc::start_failed, file.string() + " cannot be read");
  }
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  BackupFile out;
  std::string piece(kPiece, '\0');
  while (in.read(piece.data(), kPiece) || in.gcount() > 0) {
    EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(in.gcount()));
    out.bytes += static_cast<std::uint64_t>(in.gcount());
  }
  if (in.bad()) {
    return fail(Errc::start_failed, fmt::format("{} cannot be read beyond byte {}", file.string(), out.bytes));
  }
  std::array<std::uint8_t, 32> digest{};
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  out.sha256 = encoding::hex(std::span<const std::uint8_t>(digest));
  return out;
}

Result<BackupManifest> verify_backup(const fs::path& folder) {
  std::ifstream in(folder / kManifestName, std::ios::binary);
  if (!in) {
    return fail(Errc::backup_invalid, (folder / kManifestName).string() + ": missing: the backup was cut short");
  }
  std::ostringstream text;
  text << in.rdbuf();
  auto manifest = read_manifest(text.str());
  if (!manifest) {
    return manifest;
  }
  for (const BackupFile& file : manifest->files) {
    const auto found = fingerprint(folder / file.path);
    if (!found) {
      return invalid(file.path, 0, "missing");
    }
    if (found->bytes != file.bytes) {
      return invalid(file.path, std::min(found->bytes, file.bytes), fmt::format("{} bytes were saved", file.bytes));
    }
    if (found->sha256 != file.sha256) {
      return invalid(file.path, 0, "other bytes than were saved (SHA-256)");
    }
  }
  return manifest;
}

}  // namespace aisha::app
