// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/photo_source.hpp"

#include <algorithm>
#include <iterator>

#include "domain/picture.hpp"

namespace aisha::bot {
namespace {

constexpr Millis kWaitForOthers{5'000};
constexpr Millis kLookAgain{20};
constexpr std::size_t kRefusedKept = 10'000;
/// Then a picture that Telegram did not take as a photo is tried as one again: what it refuses changes, and a sheet is
/// everybody's.
constexpr Millis kRefusedFor{10 * 60'000};

constexpr const char* kPicture = "picture";
constexpr const char* kBin = "bin";

telegram::Upload jpeg(std::string bytes) {
  return {std::move(bytes), "aisha.jpg", "image/jpeg"};
}

std::vector<services::SheetItem> items_of(const photo::Sheet& sheet) {
  std::vector<services::SheetItem> out;
  for (const photo::Cell& cell : sheet.cells) {
    out.push_back({.style = cell.style,
                   .badge = cell.badge,
                   .locked = cell.locked,
                   .popular = cell.popular,
                   .price = cell.price,
                   .label = cell.label});
  }
  return out;
}

/// What of its owner's a photo is forgotten with; "" = it is nobody's.
std::string scope_of(const Photo& photo) {
  if (std::holds_alternative<photo::Result>(photo) || std::holds_alternative<photo::Shared>(photo)) {
    return kPicture;
  }
  if (const auto* sheet = std::get_if<photo::OwnSheet>(&photo)) {
    return sheet->scope;
  }
  if (std::holds_alternative<photo::Faces>(photo)) {
    return "faces";
  }
  return std::holds_alternative<photo::Chart>(photo) ? "chart" : "";
}

std::vector<services::ChartRow> rows_of(const photo::Chart& chart) {
  std::vector<services::ChartRow> out;
  for (const photo::Chart::Bar& bar : chart.bars) {
    out.push_back({bar.style, bar.n});
  }
  return out;
}

/// Frees the key when the last copy of its Drawn is gone.
std::shared_ptr<void> claim_of(const std::shared_ptr<std::set<std::string>>& keys, const std::string& key) {
  keys->insert(key);
  return {nullptr, [keys, key](void*) { keys->erase(key); }};
}

}  // namespace

std::string PhotoSource::version_for(const Photo& photo) const {
  std::vector<std::string> styles;
  if (const auto* sheet = std::get_if<photo::Sheet>(&photo)) {
    std::ranges::transform(sheet->cells, std::back_inserter(styles), &photo::Cell::style);
    return sheets_.version_of(styles, sheet->kind);
  }
  if (const auto* preview = std::get_if<photo::Preview>(&photo)) {
    styles.push_back(preview->style);
    return sheets_.version_of(styles, preview->kind);
  }
  if (const auto* chart = std::get_if<photo::Chart>(&photo)) {
    std::ranges::transform(chart->bars, std::back_inserter(styles), &photo::Chart::Bar::style);
    const std::string version = sheets_.version_of(styles, chart->kind);
    // Own words have a drawing for their picture.
    return std::ranges::find(styles, "") != styles.end() ? sheets_.version() + "." + version : version;
  }
  return sheets_.version();
}

std::string PhotoSource::key_for(const Photo& photo) const {
  const bool drawn = !std::holds_alternative<photo::Result>(photo) && !std::holds_alternative<photo::Shared>(photo);
  return drawn ? version_for(photo) + "/" + key_of(photo) : key_of(photo);
}

Drawn PhotoSource::nameplate(const Photo& photo, Uuid owner) const {
  Drawn out;
  out.key = key_for(photo);
  out.scope = scope_of(photo);
  if (!out.scope.empty()) {
    const auto* shared = std::get_if<photo::Shared>(&photo);
    out.owner = shared != nullptr ? shared->owner : owner;
  }
  return out;
}

Task<Result<telegram::Upload>> PhotoSource::bytes_of(Photo photo, Uuid owner) {
  Result<std::string> bytes = fail(Errc::not_found);
  if (const auto* sheet = std::get_if<photo::Sheet>(&photo)) {
    std::vector<services::SheetItem> items = items_of(*sheet);
    bytes = co_await sheets_.sheet(std::move(items), sheet->kind);
  } else if (const auto* preview = std::get_if<photo::Preview>(&photo)) {
    bytes = co_await sheets_.preview(preview->style, preview->kind, preview->waiting);
  } else if (const auto* result = std::get_if<photo::Result>(&photo)) {
    co_return co_await stored(result->generation, owner);
  } else if (const auto* shared = std::get_if<photo::Shared>(&photo)) {
    co_return co_await stored(shared->generation, shared->owner);
  } else if (const auto* own = std::get_if<photo::OwnSheet>(&photo)) {
    const auto of = own->scope == kBin ? services::SheetOf::removed : services::SheetOf::live;
    bytes = co_await own_sheets_.compose(owner, own->pictures, of);
  } else if (const auto* faces = std::get_if<photo::Faces>(&photo)) {
    bytes = co_await faces_of(*faces);
  } else if (const auto* chart = std::get_if<photo::Chart>(&photo)) {
    std::vector<services::ChartRow> rows = rows_of(*chart);
    bytes = co_await sheets_.chart(chart->columns, static_cast<int>(chart->lit), std::move(rows), chart->kind);
  } else if (const auto* drawing = std::get_if<photo::Drawing>(&photo)) {
    bytes = std::string(sheets_.drawing(photo::name_of(drawing->subject)));
  } else {
    bytes = std::string(sheets_.drawing("deleted"));
  }
  if (!bytes) {
    co_return std::unexpected(bytes.error());
  }
  co_return jpeg(std::move(*bytes));
}

Task<Result<telegram::Upload>> PhotoSource::stored(Uuid generation, Uuid owner) {
  auto original = co_await gallery_.original(owner, generation);
  if (!original) {
    co_return std::unexpected(original.error());
  }
  co_return telegram::Upload{std::move(original->bytes), std::move(original->file_name), original->content_type};
}

Task<Result<std::string>> PhotoSource::faces_of(photo::Faces shown) {
  std::vector<std::string> pictures;
  for (const photo::Faces::Face& face : shown.faces) {
    std::string picture = co_await gallery_.face(face.photo);
    pictures.push_back(std::move(picture));
  }
  co_return co_await sheets_.faces(std::move(pictures));
}

Task<Result<Drawn>> PhotoSource::get(Photo photo, Uuid owner) {
  Drawn out = nameplate(photo, owner);
  for (Millis waited{0};; waited += kLookAgain) {
    auto known = co_await uploads_.file_id(out.key);
    if (known) {
      out.file = telegram::FileId{std::move(*known)};
      co_return out;
    }
    if (!uploading_->contains(out.key) || waited >= kWaitForOthers) {
      break;
    }
    co_await clock_.sleep(kLookAgain);
  }
  out.claim = claim_of(uploading_, out.key);
  auto bytes = co_await bytes_of(std::move(photo), owner);
  if (!bytes) {
    co_return std::unexpected(bytes.error());
  }
  out.file = std::move(*bytes);
  co_return out;
}

Task<Result<Drawn>> PhotoSource::original(Uuid generation, Uuid owner) {
  Drawn out;
  out.key = domain::document_photo_key(generation);
  out.owner = owner;
  out.scope = kPicture;
  auto known = co_await uploads_.file_id(out.key);
  if (known) {
    out.file = telegram::FileId{std::move(*known)};
    co_return out;
  }
  auto bytes = co_await stored(generation, owner);
  if (!bytes) {
    co_return std::unexpected(bytes.error());
  }
  out.file = std::move(*bytes);
  co_return out;
}

Task<Result<Drawn>> PhotoSource::as_file(Photo photo, Uuid owner) {
  if (const auto* result = std::get_if<photo::Result>(&photo)) {
    co_return co_await original(result->generation, owner);
  }
  if (const auto* shared = std::get_if<photo::Shared>(&photo)) {
    co_return co_await original(shared->generation, shared->owner);
  }
  Drawn out = nameplate(photo, owner);
  out.key.insert(0, "file/");
  auto known = co_await uploads_.file_id(out.key);
  if (known) {
    out.file = telegram::FileId{std::move(*known)};
    co_return out;
  }
  auto bytes = co_await bytes_of(std::move(photo), owner);
  if (!bytes) {
    co_return std::unexpected(bytes.error());
  }
  out.file = std::move(*bytes);
  co_return out;
}

void PhotoSource::refused(const Photo& photo) {
  if (refused_.size() >= kRefusedKept) {
    refused_.clear();
  }
  refused_.insert_or_assign(key_for(photo), clock_.now() + kRefusedFor);
}

bool PhotoSource::is_refused(const Photo& photo) const {
  const auto found = refused_.find(key_for(photo));
  return found != refused_.end() && clock_.now() < found->second;
}

Task<void> PhotoSource::uploaded(Drawn drawn, std::string file_id) {
  if (!drawn.by_id() && !file_id.empty()) {
    co_await uploads_.remember(drawn.key, std::move(file_id), drawn.owner, std::move(drawn.scope));
  }
}

Task<void> PhotoSource::forget(std::string key) {
  co_await uploads_.forget(std::move(key));
}

Task<void> PhotoSource::read_ahead(std::vector<Photo> photos) {
  std::vector<std::string> keys;
  for (const Photo& photo : photos) {
    keys.push_back(key_for(photo));
  }
  co_await uploads_.read_ahead(std::move(keys));
}

}  // namespace aisha::bot
