// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "domain/avatar.hpp"

namespace aisha::imaging {
class Imager;
struct SheetSpec;
}  // namespace aisha::imaging

namespace aisha::services {

class Previews;

/// One cell of a contact sheet: a style's preview with what is drawn on it.
struct SheetItem {
  std::string style;
  std::string badge;
  bool locked = false;
  bool popular = false;
  std::string price;  ///< of a style that costs more than its neighbours, else ""
  std::string label;  ///< its name, "" = none
};

/// A row of a chart: a style and how often it was made; "" = own prompts.
struct ChartRow {
  std::string style;
  std::int64_t n = 0;
};

/// How many of `count` cells stand in each row: three, but no row is left with one or two where four fit.
std::vector<int> sheet_rows(std::size_t count);

/// The pictures that are not people's own: previews of styles, contact sheets, the place of a removed picture. Loop
/// thread only.
class Sheets {
 public:
  /// `imager` may be used by others too.
  Sheets(Clock& clock, imaging::Imager& imager, const Previews& previews);

  /// JPEG of the previews side by side in `sheet_rows`; composed once, kept in memory, one composition at a time for
  /// the same sheet. Errors of imaging::Imager::contact_sheet.
  Task<Result<std::string>> sheet(std::vector<SheetItem> items, domain::AvatarKind kind);
  /// JPEG of one style; a neutral picture for a style without a preview. With `waiting` it is greyed and says so.
  Task<Result<std::string>> preview(std::string style, domain::AvatarKind kind, std::string waiting);
  /// JPEG of faces side by side with their numbers, where there are several; each the bytes of a picture, or empty.
  /// Nobody else asks for the same: it is not kept. Errors of imaging::Imager::contact_sheet.
  Task<Result<std::string>> faces(std::vector<std::string> pictures);
  /// JPEG of figures: columns of which the last `lit` are bright, below them a row a style with its preview. Not kept
  /// either.
  Task<Result<std::string>> chart(std::vector<std::int64_t> columns, int lit, std::vector<ChartRow> rows,
                                  domain::AvatarKind kind);
  /// JPEG of one of the drawings in data/previews that stand for no style ("deleted", "help"); empty = there is none.
  std::string_view drawing(std::string_view name) const;

  /// Change with what is drawn: part of every key under which a picture is remembered. Of one that shows these styles,
  /// and of one that shows none.
  std::string version_of(std::span<const std::string> styles, domain::AvatarKind kind) const;
  const std::string& version() const { return version_; }

 private:
  Task<Result<std::string>> compose(std::string key, imaging::SheetSpec spec);
  imaging::SheetSpec spec_of(const std::vector<SheetItem>& items, domain::AvatarKind kind) const;
  std::string sheet_key(const std::vector<SheetItem>& items, domain::AvatarKind kind) const;

  Clock& clock_;
  imaging::Imager& imager_;
  const Previews& previews_;
  std::string version_;
  std::map<std::string, std::string> sheets_;
  std::set<std::string> composing_;
};

}  // namespace aisha::services
