// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "imaging/worker/pixels/raster.hpp"

/// Signs drawn as shapes, so that no font is needed.
namespace aisha::imaging::worker {

inline constexpr double kBadgeSize = 56;

/// White digits on a dark disc (a pill for several digits) whose box starts at (left, top); other characters are
/// skipped.
void draw_number(Raster& raster, double left, double top, std::string_view digits);
/// A golden padlock on a dark disc.
void draw_lock(Raster& raster, double left, double top);
/// A flame on a dark disc.
void draw_flame(Raster& raster, double left, double top);
/// Digits beside a coin on a dark pill whose box ends at (right, top).
void draw_price(Raster& raster, double right, double top, std::string_view digits);
/// A name along the lower edge of a cell, white on a soft shade of its picture.
void draw_label(Raster& raster, Box cell, std::string_view name);
/// Greys everything and writes `words` large across the middle.
void draw_waiting(Raster& raster, std::string_view words);
/// A soft grey card with a head and shoulders, where a picture is missing.
Raster placeholder(int width, int height);

}  // namespace aisha::imaging::worker
