// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <string>
#include <utility>

#include "imaging/imager.hpp"

namespace aisha::fakes {

/// An imager that finds every picture to be a fine JPEG, unless told otherwise for the next ones.
class PlainImager : public imaging::Imager {
 public:
  std::deque<Result<imaging::Inspection>> inspections;

  static imaging::Inspection fine() {
    imaging::Inspection out;
    out.width = 1536;
    out.height = 2048;
    out.thumbnail_webp = "small";
    out.thumbhash = "hash";
    out.looks = {.deviation = 50, .highlight = 220, .sharpness = 400};
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
  Task<Result<std::string>> contact_sheet(imaging::SheetSpec) override { co_return std::string("sheet"); }
  Task<Result<std::string>> chart(imaging::ChartSpec) override { co_return std::string("chart"); }
  Task<Result<std::string>> resize(std::string picture, imaging::ResizeSpec) override { co_return picture; }
};

}  // namespace aisha::fakes
