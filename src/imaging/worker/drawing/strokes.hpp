// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "imaging/worker/pixels/raster.hpp"

/// Lines of which signs and digits are drawn.
namespace aisha::imaging::worker {

using Stroke = std::vector<Point>;

/// Points of an ellipse's arc, degrees clockwise from three o'clock (y grows downwards).
void arc(Stroke& stroke, Point centre, double rx, double ry, double from, double to);
/// From one point to another, drawn towards a third.
void curve(Stroke& stroke, Point from, Point pull, Point to);

/// How wide so many digits of that height are.
double digits_width(std::size_t digits, double height);
/// Digits whose left upper corner is `at`; another character is a blank.
void draw_digits(Raster& raster, Point at, double height, Rgb colour, std::string_view digits);

}  // namespace aisha::imaging::worker
