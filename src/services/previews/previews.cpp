// SPDX-License-Identifier: Apache-2.0
#include "services/previews/previews.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/embedded.hpp"
#include "base/encoding.hpp"
#include "catalog/templates/template_manager.hpp"

namespace aisha::embedded {
Files previews();
}

namespace aisha::services {
namespace {

constexpr std::size_t kVersionDigits = 8;

catalog::PreviewIndex read_built_in() {
  auto index = catalog::PreviewIndex::parse(preview_file(catalog::kPreviewIndexFile));
  if (!index) {
    throw std::logic_error("built in: " + index.error().detail);
  }
  return std::move(*index);
}

}  // namespace

std::string_view preview_file(std::string_view name) {
  const embedded::Files files = embedded::previews();
  const auto at = std::ranges::lower_bound(files, name, {}, &embedded::File::path);
  return at != files.end() && at->path == name ? at->bytes : std::string_view();
}

const catalog::PreviewIndex& built_in_previews() {
  static const catalog::PreviewIndex index = read_built_in();
  return index;
}

std::string drawings_version() {
  std::string all;
  for (const embedded::File& file : embedded::previews()) {
    // Of a style: "art.portrait.1a2b3c4d.jpg".
    if (file.path.ends_with(".jpg") && std::ranges::count(file.path, '.') == 1) {
      all += file.path;
      all += file.bytes;
    }
  }
  return encoding::sha256_hex(all).substr(0, kVersionDigits);
}

bool Previews::knows(std::string_view style) const {
  return templates_.known(style) != nullptr;
}

Previews::Found Previews::find(std::string_view style, domain::AvatarKind kind) const {
  const catalog::Template* known = templates_.known(style);
  if (known == nullptr) {
    return {};
  }
  const std::string mark = catalog::prompt_mark(known->prompt_for(kind));
  const std::string file = catalog::preview_file_name(style, kind, mark);
  if (const auto taken = taken_.find(file); taken != taken_.end()) {
    return {taken->second->jpeg, taken->second->sha256};
  }
  const auto* entry = built_in_previews().find({std::string(style), kind});
  if (entry == nullptr || entry->prompt_mark != mark) {
    return {};
  }
  return {preview_file(file), entry->sha256};
}

std::string_view Previews::of(std::string_view style, domain::AvatarKind kind) const {
  return find(style, kind).jpeg;
}

std::string Previews::version_of(std::span<const std::string> styles, domain::AvatarKind kind) const {
  std::string all;
  for (const std::string& style : styles) {
    all += find(style, kind).sha256;
    all += '/';
  }
  return encoding::sha256_hex(all).substr(0, kVersionDigits);
}

}  // namespace aisha::services
