// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/sheets.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "imaging/imager.hpp"
#include "services/previews/previews.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kSheetsKept = 32;
constexpr Millis kComposingPause{10};
constexpr int kPreviewSide = catalog::kPreviewSide;
/// Of the glyphs and how they are laid out.
constexpr std::string_view kDrawnBy = "v3.";
// So that a telephone shows the numbers below without scrolling.
constexpr int kLowCell = 250;
constexpr int kLowestCell = 200;

std::vector<std::string> styles_of(const std::vector<SheetItem>& items) {
  std::vector<std::string> out;
  for (const SheetItem& item : items) {
    out.push_back(item.style);
  }
  return out;
}

/// Takes the key out again however the composition ends.
struct Composing {
  std::set<std::string>& keys;
  std::string key;
  ~Composing() { keys.erase(key); }
};

}  // namespace

Sheets::Sheets(Clock& clock, imaging::Imager& imager, const Previews& previews)
    : clock_(clock), imager_(imager), previews_(previews), version_(std::string(kDrawnBy) + drawings_version()) {}

std::string Sheets::version_of(std::span<const std::string> styles, domain::AvatarKind kind) const {
  return std::string(kDrawnBy) + previews_.version_of(styles, kind);
}

std::string Sheets::sheet_key(const std::vector<SheetItem>& items, domain::AvatarKind kind) const {
  std::string key = previews_.version_of(styles_of(items), kind) + "/" + std::string(domain::stored_name(kind));
  for (const SheetItem& item : items) {
    key += fmt::format("/{}.{}.{}{}.{}.{}", item.style, item.badge, item.locked, item.popular, item.price, item.label);
  }
  return key;
}

imaging::SheetSpec Sheets::spec_of(const std::vector<SheetItem>& items, domain::AvatarKind kind) const {
  imaging::SheetSpec spec;
  spec.columns = items.size() < 3 ? static_cast<int>(items.size()) : 3;
  spec.rows = sheet_rows(items.size());
  if (spec.rows.size() > 1) {
    spec.cell_height = spec.rows.size() == 2 ? kLowCell : kLowestCell;
  }
  for (const SheetItem& item : items) {
    imaging::SheetCell cell;
    cell.picture = previews_.of(item.style, kind);
    cell.badge = item.badge;
    cell.locked = item.locked;
    cell.popular = item.popular;
    cell.price = item.price;
    cell.label = item.label;
    spec.cells.push_back(std::move(cell));
  }
  return spec;
}

std::vector<int> sheet_rows(std::size_t count) {
  constexpr std::size_t kUsual = 3;
  std::vector<int> rows(count / kUsual, static_cast<int>(kUsual));
  const std::size_t over = count % kUsual;
  if (count == 5) {
    return {3, 2};
  }
  if (count == 4) {
    return {2, 2};
  }
  if (over > 0 && rows.size() >= over) {
    // One more in so many rows, the first ones.
    for (std::size_t i = 0; i < over; ++i) {
      ++rows[i];
    }
  } else if (over > 0) {
    rows.push_back(static_cast<int>(over));
  }
  return rows;
}

Task<Result<std::string>> Sheets::compose(std::string key, imaging::SheetSpec spec) {
  while (composing_.contains(key)) {
    co_await clock_.sleep(kComposingPause);
  }
  if (const auto made = sheets_.find(key); made != sheets_.end()) {
    co_return made->second;
  }
  composing_.insert(key);
  const Composing composing{composing_, key};
  auto jpeg = co_await imager_.contact_sheet(std::move(spec));
  if (jpeg) {
    if (sheets_.size() >= kSheetsKept) {
      sheets_.erase(sheets_.begin());
    }
    sheets_.emplace(key, *jpeg);
  }
  co_return jpeg;
}

Task<Result<std::string>> Sheets::sheet(std::vector<SheetItem> items, domain::AvatarKind kind) {
  std::string key = sheet_key(items, kind);
  imaging::SheetSpec spec = spec_of(items, kind);
  co_return co_await compose(std::move(key), std::move(spec));
}

Task<Result<std::string>> Sheets::preview(std::string style, domain::AvatarKind kind, std::string waiting) {
  const std::string_view bytes = previews_.of(style, kind);
  if (!bytes.empty() && waiting.empty()) {
    co_return std::string(bytes);
  }
  SheetItem item;
  item.style = std::move(style);
  const std::vector<SheetItem> alone{std::move(item)};
  imaging::SheetSpec spec = spec_of(alone, kind);
  spec.cell_width = kPreviewSide;
  spec.cell_height = kPreviewSide;
  spec.waiting = waiting;
  std::string key = fmt::format("{}/waiting/{}", sheet_key(alone, kind), waiting);
  co_return co_await compose(std::move(key), std::move(spec));
}

Task<Result<std::string>> Sheets::faces(std::vector<std::string> pictures) {
  constexpr std::size_t kFew = 2;
  imaging::SheetSpec spec;
  spec.columns = static_cast<int>(std::min<std::size_t>(pictures.size(), 3));
  spec.rows = sheet_rows(pictures.size());
  if (pictures.size() <= kFew) {
    spec.cell_width = kPreviewSide;
    spec.cell_height = kPreviewSide;
  }
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    imaging::SheetCell cell;
    cell.picture = std::move(pictures[i]);
    cell.badge = pictures.size() > 1 ? std::to_string(i + 1) : std::string();
    spec.cells.push_back(std::move(cell));
  }
  co_return co_await imager_.contact_sheet(std::move(spec));
}

Task<Result<std::string>> Sheets::chart(std::vector<std::int64_t> columns, int lit, std::vector<ChartRow> rows,
                                        domain::AvatarKind kind) {
  imaging::ChartSpec spec;
  spec.columns = std::move(columns);
  spec.lit = lit;
  for (const ChartRow& row : rows) {
    const std::string_view picture = row.style.empty() ? drawing("words") : previews_.of(row.style, kind);
    spec.bars.push_back({std::string(picture), row.n});
  }
  co_return co_await imager_.chart(std::move(spec));
}

std::string_view Sheets::drawing(std::string_view name) const {
  return preview_file(fmt::format("{}.jpg", name));
}

}  // namespace aisha::services
