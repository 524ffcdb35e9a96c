// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <string>
#include <utility>

#include "imaging/imager.hpp"

namespace aisha::fakes {

/// An imager that finds every picture to be a fine JPEG and every photo to show a face of its own, unless told
/// otherwise for the next ones.
class PlainImager : public imaging::Imager {
 public:
  std::deque<Result<imaging::Inspection>> inspections;
  std::deque<Result<imaging::PhotoReport>> photos;

  static imaging::Inspection fine() {
    imaging::Inspection out;
    out.width = 1536;
    out.height = 2048;
    out.thumbnail_webp = "small";
    out.thumbhash = "hash";
    out.looks = {.deviation = 50, .highlight = 220, .sharpness = 400};
    return out;
  }

  /// A sharp, well lit portrait that is kept as it came. Other bytes have another hash.
  static imaging::PhotoReport portrait(const std::string& picture) {
    imaging::PhotoReport out;
    out.width = out.kept_width = 1080;
    out.height = out.kept_height = 1440;
    out.jpeg = picture;
    out.luma = 120;
    for (const char c : picture) {
      // FNV-1a.
      out.dhash = (out.dhash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    out.faces_known = true;
    out.faces = {{.x = 340, .y = 300, .side = 400, .score = 2}};
    out.face_sharpness = 30;
    out.sharpness = 400;
    return out;
  }

  Task<Result<imaging::Inspection>> inspect(std::string) override {
    Result<imaging::Inspection> out = fine();
    if (!inspections.empty()) {
      out = std::move(inspections.front());
      inspections.pop_front();
    }
    co_return out;
  }
  Task<Result<imaging::PhotoReport>> photo(std::string picture) override {
    Result<imaging::PhotoReport> out = portrait(picture);
    if (!photos.empty()) {
      out = std::move(photos.front());
      photos.pop_front();
    }
    co_return out;
  }
  Task<Result<std::string>> contact_sheet(imaging::SheetSpec) override { co_return std::string("sheet"); }
  Task<Result<std::string>> chart(imaging::ChartSpec) override { co_return std::string("chart"); }
  Task<Result<std::string>> resize(std::string picture, imaging::ResizeSpec) override { co_return picture; }
};

}  // namespace aisha::fakes
