// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

/// Places of clothes are in units: pixels of a photo whose head is 147 wide; (0,0) is the tip of the chin, x to the
/// right, y downwards. A hem drawn at y = 430 is below any frame.
namespace aisha::sandbox::studio {

struct Point {
  float x, y;
};
using Path = std::vector<Point>;

/// "M x y", then L (straight lines) or S (a smooth curve through the points). `mirror` -1 draws the other side.
Path outline(std::string_view text, float mirror = 1);
/// An outline whose right half is given from top to bottom: mirrored and closed.
Path both_halves(std::string_view half);
/// Every point by (dx, dy) further.
Path moved(Path path, float dx, float dy);
/// A hat worn askew: turned by `angle` about the middle of the head's top.
Path askew(std::string_view text, float angle);
/// Points on a circle.
Path circle(float x, float y, float radius);

}  // namespace aisha::sandbox::studio
