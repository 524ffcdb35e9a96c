// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/studio/open_air/sky.hpp"

/// Parts of the painted land, from back to front. `horizon` is the height of the far ground.
namespace aisha::sandbox::studio {

void raise_mountains(Canvas& c, const Sky& sky, float horizon);
void build_skyline(Canvas& c, const Sky& sky, float horizon);
void build_castle(Canvas& c, const Sky& sky, float horizon);
void plant_forest(Canvas& c, const Sky& sky, float horizon, bool firs);
/// Mirrors what is above the horizon.
void fill_water(Canvas& c, const Sky& sky, float horizon);
void lay_meadow(Canvas& c, const Sky& sky, float horizon);
/// A street, wet where it rains.
void pave(Canvas& c, const Sky& sky, float horizon);
/// A bridge on which the person stands: its tower, its cables, its rail and lamps.
void span_bridge(Canvas& c, const Sky& sky, float horizon);

}  // namespace aisha::sandbox::studio
