// SPDX-License-Identifier: Apache-2.0
// What stands side by side on a shelf looks different.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>

#include "catalog/templates/preview_index.hpp"
#include "catalog/templates/template_manager.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "tests/fakes/paths.hpp"

namespace aisha::imaging {
namespace {

using domain::AvatarKind;

constexpr int kSteps = 6;  ///< of each colour
constexpr int kCells = 2;  ///< along each side
using Histogram = std::array<double, static_cast<std::size_t>(kCells) * kCells * kSteps * kSteps * kSteps>;

/// How much of each quarter has which colour.
Histogram histogram_of(const std::string& jpeg) {
  const int side = catalog::kPreviewSide;
  const auto raster = worker::decode(jpeg, side, side, worker::Fit::cover);
  Histogram out{};
  if (!raster) {
    ADD_FAILURE() << raster.error().detail;
    return out;
  }
  const double one = 1.0 / (side * side);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      std::size_t at = static_cast<std::size_t>(y * kCells / side * kCells + x * kCells / side);
      for (std::size_t colour = 0; colour < 3; ++colour) {
        const std::size_t pixel = static_cast<std::size_t>(y * side + x) * 3 + colour;
        at = at * kSteps + static_cast<std::size_t>(raster->rgb[pixel] * kSteps / 256);
      }
      out.at(at) += one;
    }
  }
  return out;
}

/// 0 = alike, 1 = nothing in common.
double distance(const Histogram& a, const Histogram& b) {
  double out = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    out += std::abs(a.at(i) - b.at(i)) / 2;
  }
  return out;
}

std::string read(const std::string& name) {
  std::ifstream file(aisha::fakes::source_dir() + "/data/previews/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(PreviewLikeness, NoTwoOfAShelfLookAlike) {
  constexpr double kLeast = 0.3;
  ASSERT_TRUE(worker::start_codec());
  const auto templates = catalog::TemplateManager::load({}).value();
  for (const AvatarKind kind : {AvatarKind::portrait, AvatarKind::style}) {
    std::map<std::string, std::map<std::string, Histogram>> shelves;
    for (const auto& style : templates->all().templates) {
      if (style->suits(kind)) {
        const std::string mark = catalog::prompt_mark(style->prompt_for(kind));
        shelves[style->category][style->id] = histogram_of(read(catalog::preview_file_name(style->id, kind, mark)));
      }
    }
    double least = 1;
    std::string nearest;
    for (const auto& [shelf, styles] : shelves) {
      for (auto a = styles.begin(); a != styles.end(); ++a) {
        for (auto b = std::next(a); b != styles.end(); ++b) {
          const double apart = distance(a->second, b->second);
          EXPECT_GE(apart, kLeast) << shelf << ": " << a->first << " and " << b->first << " look alike";
          if (apart < least) {
            least = apart;
            nearest = a->first + " and " + b->first;
          }
        }
      }
    }
    std::printf("%s avatars: the most alike are %s, %.2f apart\n", kind == AvatarKind::style ? "style" : "portrait",
                nearest.c_str(), least);
  }
}

}  // namespace
}  // namespace aisha::imaging
