// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/sheets.hpp"

#include <fmt/core.h>

#include "imaging/imager.hpp"
#include "services/gallery/previews.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kSheetsKept = 32;
constexpr Millis kComposingPause{10};

std::string_view preview_bytes(std::string_view style, domain::AvatarKind kind) {
  return preview_file(fmt::format("{}.{}.jpg", style, kind == domain::AvatarKind::style ? "style" : "portrait"));
}

std::string sheet_key(const std::vector<SheetItem>& items, domain::AvatarKind kind) {
  std::string key(domain::stored_name(kind));
  for (const SheetItem& item : items) {
    key += fmt::format("/{}.{}.{}{}", item.style, item.badge, item.locked, item.popular);
  }
  return key;
}

imaging::SheetSpec spec_of(const std::vector<SheetItem>& items, domain::AvatarKind kind) {
  imaging::SheetSpec spec;
  spec.columns = items.size() < 3 ? static_cast<int>(items.size()) : 3;
  for (const SheetItem& item : items) {
    imaging::SheetCell cell;
    cell.picture = preview_bytes(item.style, kind);
    cell.badge = item.badge;
    cell.locked = item.locked;
    cell.popular = item.popular;
    spec.cells.push_back(std::move(cell));
  }
  return spec;
}

/// Takes the key out again however the composition ends.
struct Composing {
  std::set<std::string>& keys;
  std::string key;
  ~Composing() { keys.erase(key); }
};

}  // namespace

Sheets::Sheets(Clock& clock, imaging::Imager& imager)
    : clock_(clock), imager_(imager), version_("v1." + previews_version()) {}

Task<Result<std::string>> Sheets::sheet(std::vector<SheetItem> items, domain::AvatarKind kind) {
  const std::string key = sheet_key(items, kind);
  while (composing_.contains(key)) {
    co_await clock_.sleep(kComposingPause);
  }
  if (const auto made = sheets_.find(key); made != sheets_.end()) {
    co_return made->second;
  }
  composing_.insert(key);
  const Composing composing{composing_, key};
  imaging::SheetSpec spec = spec_of(items, kind);
  auto jpeg = co_await imager_.contact_sheet(std::move(spec));
  if (jpeg) {
    if (sheets_.size() >= kSheetsKept) {
      sheets_.erase(sheets_.begin());
    }
    sheets_.emplace(key, *jpeg);
  }
  co_return jpeg;
}

Task<Result<std::string>> Sheets::preview(std::string style, domain::AvatarKind kind) {
  const std::string_view bytes = preview_bytes(style, kind);
  if (!bytes.empty()) {
    co_return std::string(bytes);
  }
  std::vector<SheetItem> alone{{.style = std::move(style), .badge = {}, .locked = false, .popular = false}};
  co_return co_await sheet(std::move(alone), kind);
}

std::string_view Sheets::deleted() const {
  return preview_file("deleted.jpg");
}

}  // namespace aisha::services
