// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/sitters.hpp"

#include <algorithm>
#include <utility>

#include "base/encoding.hpp"
#include "base/log.hpp"

namespace aisha::sandbox::fal {

namespace {

/// A photo that went through a messenger or an intake differs by less, another crop of it by more.
constexpr int kSamePhoto = 6;
constexpr std::size_t kMostKnown = 1000;

Sitter seated(const Face& face) {
  Sitter sitter;
  sitter.photo = std::string(face.photo);
  sitter.mask = std::string(face.mask);
  sitter.sitting = face.sitting;
  sitter.of.face = face.sitting == studio::Sitting::chelsea ? "chelsea" : "eileen";
  return sitter;
}

std::optional<studio::FaceSpot> spot_of(const imaging::PhotoReport& report) {
  if (report.faces.empty()) {
    return std::nullopt;
  }
  const imaging::FaceBox& box = report.faces.front();
  const auto width = static_cast<float>(report.width), height = static_cast<float>(report.height);
  const float half = static_cast<float>(box.side) / 2;
  return studio::FaceSpot{(static_cast<float>(box.x) + half) / width, (static_cast<float>(box.y) + half) / height,
                          2 * half / width};
}

}  // namespace

std::optional<Sitters::Picked> Sitters::fetch(const std::string& url) const {
  if (const auto comma = url.find(";base64,"); url.starts_with("data:image/") && comma != std::string::npos) {
    auto bytes = encoding::from_base64(std::string_view(url).substr(comma + 8));
    if (!bytes) {
      return std::nullopt;
    }
    std::string sha256 = encoding::sha256_hex(*bytes);
    return Picked{url.substr(0, comma), std::move(*bytes), std::move(sha256)};
  }
  constexpr std::string_view kFiles = "/fal-files/";
  const auto at = url.rfind(kFiles);
  const StoredFile* file =
      at == std::string::npos ? nullptr : files_.find(std::string_view(url).substr(at + kFiles.size()));
  auto bytes = file == nullptr ? std::nullopt : files_.load(file->sha256);
  return bytes ? std::optional(Picked{url, std::move(*bytes), file->sha256}) : std::nullopt;
}

Task<void> Sitters::learn_the_demo() {
  for (const DemoPhoto& one : demo_photos()) {
    std::string photo(one.sent);
    const auto report = co_await imager_.photo(std::move(photo));
    if (report) {
      demo_.emplace_back(report->dhash, one.face);
    }
  }
}

Task<Sitters::Seen> Sitters::look(std::string sha256, std::string bytes) {
  if (const auto known = seen_.find(sha256); known != seen_.end()) {
    co_return known->second;
  }
  if (demo_.empty()) {
    co_await learn_the_demo();
  }
  const auto report = co_await imager_.photo(std::move(bytes));
  if (!report) {
    log::info("sandbox: a photo cannot be looked at: {}", report.error().detail);
    co_return Seen{};
  }
  Seen seen;
  const auto same = std::ranges::find_if(
      demo_, [&](const auto& one) { return imaging::dhash_distance(one.first, report->dhash) <= kSamePhoto; });
  if (same != demo_.end()) {
    seen.demo = same->second;
  }
  seen.face = spot_of(*report);
  if (seen_.size() >= kMostKnown) {
    seen_.clear();
  }
  seen_.insert_or_assign(std::move(sha256), seen);
  co_return seen;
}

Task<Sitter> Sitters::sitter_on(Picked photo) {
  const Seen seen = co_await look(photo.sha256, photo.bytes);
  Sitter sitter;
  if (seen.demo) {
    sitter = seated(*seen.demo);
  } else {
    sitter.photo = std::move(photo.bytes);
    sitter.face = seen.face;
    sitter.of.face = seen.face ? "found" : "none";
  }
  sitter.of.url = sitter.root = std::move(photo.url);
  sitter.of.sha256 = std::move(photo.sha256);
  co_return sitter;
}

Task<Sitter> Sitters::sitter_of(std::string url) {
  if (const auto face = demo_face(url)) {
    Sitter sitter = seated(*face);
    sitter.of.url = sitter.root = std::move(url);
    sitter.of.sha256 = encoding::sha256_hex(face->photo);
    co_return sitter;
  }
  auto photo = fetch(url);
  if (!photo) {
    Sitter nobody;
    nobody.of.url = std::move(url);
    co_return nobody;
  }
  if (const StoredFile* painted = files_.painted(photo->sha256); painted != nullptr) {
    std::string root = painted->of;
    Sitter again = co_await sitter_of(std::move(root));
    if (!again.photo.empty()) {
      again.of.url = std::move(photo->url);
      again.of.sha256 = std::move(photo->sha256);
      co_return again;
    }
  }
  co_return co_await sitter_on(std::move(*photo));
}

Task<std::vector<Sitter>> Sitters::of(Work work) {
  std::vector<std::string> from = work.avatar.empty() ? std::move(work.photos) : std::vector{work.avatar};
  if (!from.empty()) {
    const auto first = fetch(from.front());
    if (first && files_.painted(first->sha256) != nullptr) {
      from.resize(1);
    }
  }
  std::vector<Sitter> out;
  for (const std::uint64_t seed : work.seeds) {
    std::string url = from.empty() ? std::string() : from[seed % from.size()];
    Sitter sitter = co_await sitter_of(std::move(url));
    out.push_back(std::move(sitter));
  }
  co_return out;
}

}  // namespace aisha::sandbox::fal
