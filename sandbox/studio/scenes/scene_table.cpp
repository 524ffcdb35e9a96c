// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "sandbox/studio/scenes/tables.hpp"

namespace aisha::sandbox::studio {

namespace {

std::vector<Scene> all() {
  std::vector<Scene> out(open_scenes().begin(), open_scenes().end());
  out.insert(out.end(), indoor_scenes().begin(), indoor_scenes().end());
  out.push_back({.name = "abstract",
                 .words = "",
                 .style = "photo",
                 .paint = abstract_scene,
                 .light = {.key = {1.06f, 1.0f, 0.97f},
                           .fill = {0.80f, 0.78f, 0.88f},
                           .rim_left = {0.8f, 0.75f, 0.8f},
                           .rim_right = {0.8f, 0.75f, 0.8f}},
                 .wear = "blazer sweater turtleneck linen biker",
                 .plain = true});
  return out;
}

}  // namespace

std::span<const Scene> scenes() {
  static const std::vector<Scene> kAll = all();
  return kAll;
}

}  // namespace aisha::sandbox::studio
