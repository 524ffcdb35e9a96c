// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/uploads.hpp"

#include <fmt/core.h>

#include "imaging/imager.hpp"
#include "services/gallery/previews.hpp"
#include "stores/upkeep/file_ids.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kSheetsKept = 32;
constexpr std::size_t kFileIdsKept = 50'000;
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

Pictures::Pictures(Context context, imaging::Imager& imager)
    : context_(context), imager_(imager), version_("v1." + previews_version()) {}

Task<Result<std::string>> Pictures::sheet(std::vector<SheetItem> items, domain::AvatarKind kind) {
  const std::string key = sheet_key(items, kind);
  while (composing_.contains(key)) {
    co_await context_.clock.sleep(kComposingPause);
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

Task<Result<std::string>> Pictures::preview(std::string style, domain::AvatarKind kind) {
  const std::string_view bytes = preview_bytes(style, kind);
  if (!bytes.empty()) {
    co_return std::string(bytes);
  }
  std::vector<SheetItem> alone{{.style = std::move(style), .badge = {}, .locked = false, .popular = false}};
  co_return co_await sheet(std::move(alone), kind);
}

std::string_view Pictures::deleted() const {
  return preview_file("deleted.jpg");
}

Task<std::optional<std::string>> Pictures::file_id(std::string key) {
  if (const auto known = file_ids_.find(key); known != file_ids_.end()) {
    co_return known->second;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await stores::file_ids::find(unit, bot_id_, key);
  if (found) {
    if (file_ids_.size() >= kFileIdsKept) {
      file_ids_.clear();
    }
    file_ids_.emplace(std::move(key), *found);
  }
  co_return found;
}

Task<void> Pictures::remember(std::string key, std::string file_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::file_ids::put(unit, bot_id_, key, file_id);
  // A lost id costs one more upload.
  co_await unit.commit();
  file_ids_.insert_or_assign(std::move(key), std::move(file_id));
}

Task<void> Pictures::forget(std::string key) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::file_ids::forget(unit, bot_id_, key);
  co_await unit.commit();
  file_ids_.erase(key);
}

}  // namespace aisha::services
