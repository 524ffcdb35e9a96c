// SPDX-License-Identifier: Apache-2.0
#include "catalog/templates/preview_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/encoding.hpp"
#include "base/json.hpp"

namespace aisha::catalog {
namespace {

constexpr std::size_t kMarkDigits = 8;
constexpr std::size_t kSha256Digits = 64;
constexpr std::string_view kSlug = "abcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::size_t kSlugMax = 24;

/// A line of an index.json.
struct Line {
  std::string style;
  std::string kind;
  std::string prompt;
  std::string file;
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(Line, (), (style, kind, prompt, file, sha256))
struct Lines {
  std::vector<Line> previews;
};
BOOST_DESCRIBE_STRUCT(Lines, (), (previews))

std::string_view word_of(domain::AvatarKind kind) {
  return kind == domain::AvatarKind::style ? "style" : "portrait";
}

bool is_of(std::string_view text, std::string_view letters, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && text.find_first_not_of(letters) == std::string_view::npos;
}

/// The parts become a name in a store: nothing else may come out of them.
bool is_sound(const Line& line) {
  return is_of(line.style, kSlug, 1, kSlugMax) && (line.kind == "portrait" || line.kind == "style") &&
         is_of(line.prompt, kHex, kMarkDigits, kMarkDigits) && is_of(line.sha256, kHex, kSha256Digits, kSha256Digits);
}

}  // namespace

std::string prompt_mark(std::string_view prompt) {
  return encoding::sha256_hex(prompt).substr(0, kMarkDigits);
}

std::string preview_file_name(std::string_view style, domain::AvatarKind kind, std::string_view prompt_mark) {
  return fmt::format("{}.{}.{}.jpg", style, word_of(kind), prompt_mark);
}

Result<PreviewIndex> PreviewIndex::parse(std::string_view text) {
  const auto lines = json::decode<Lines>(text);
  if (!lines) {
    return fail(Errc::catalog_invalid, fmt::format("{}: {}", kPreviewIndexFile, lines.error().detail));
  }
  PreviewIndex out;
  for (const Line& line : lines->previews) {
    if (!is_sound(line)) {
      return fail(Errc::catalog_invalid, fmt::format("{}: no preview is like \"{}\"", kPreviewIndexFile, line.style));
    }
    const Key key{line.style, line.kind == "style" ? domain::AvatarKind::style : domain::AvatarKind::portrait};
    const Entry entry{line.prompt, line.sha256};
    if (line.file != file_of(key, entry) || !out.entries_.emplace(key, entry).second) {
      return fail(Errc::catalog_invalid, fmt::format("{}: \"{}\" is not the file of {} {}, or stands there twice",
                                                     kPreviewIndexFile, line.file, line.style, line.kind));
    }
  }
  return out;
}

std::string PreviewIndex::text() const {
  std::string out = "{\"previews\": [";
  std::string_view before = "\n";
  for (const auto& [key, entry] : entries_) {
    out += fmt::format(R"({}  {{"style": "{}", "kind": "{}", "prompt": "{}", "file": "{}", "sha256": "{}"}})", before,
                       key.first, word_of(key.second), entry.prompt_mark, file_of(key, entry), entry.sha256);
    before = ",\n";
  }
  return out + "\n]}\n";
}

const PreviewIndex::Entry* PreviewIndex::find(const Key& key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace aisha::catalog
