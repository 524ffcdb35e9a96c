// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/raster/tone.hpp"
#include "sandbox/studio/scenes/scenes.hpp"

namespace aisha::sandbox::studio {

using std::clamp, std::max;

Light light_of(const Scene& scene, const Setting& setting) {
  Light light = scene.light;
  if (!scene.open_air) {
    return light;
  }
  const bool own_evening =
      scene.holds.find("evening") != scene.holds.npos || scene.land.find("evening") != scene.land.npos;
  if (setting.hour == Hour::night || (setting.moon && setting.hour == Hour::unsaid)) {
    light.key = light.key * Colour{0.72f, 0.80f, 1.02f}, light.fill = light.fill * Colour{0.46f, 0.58f, 0.98f};
    light.rim_left = {0.4f, 0.6f, 1.2f}, light.rim_right = {1.3f, 1.0f, 0.7f};
    light.exposure *= 0.74f, light.contrast *= 1.04f, light.saturation *= 0.92f;
  } else if ((setting.hour == Hour::evening || setting.hour == Hour::dawn) && !own_evening) {
    light.key = light.key * Colour{1.12f, 0.92f, 0.74f}, light.fill = light.fill * Colour{0.76f, 0.70f, 0.92f};
    light.rim_right = {2.2f, 1.2f, 0.55f};
    light.exposure *= 0.93f;
  }
  if (setting.weather == Weather::rain && setting.hour == Hour::evening) {
    light.key = light.key * Colour{0.86f, 0.94f, 1.06f}, light.exposure *= 0.9f;
  }
  if (setting.weather != Weather::clear) {
    light.rim_left = light.rim_left * 0.6f, light.rim_right = light.rim_right * 0.65f;
    light.saturation *= setting.weather == Weather::rain ? 0.94f : 0.96f;
    light.fill = lerp(light.fill, light.key * Colour{0.78f, 0.84f, 0.94f}, 0.5f);
    light.wrap = 0.7f;
  }
  return light;
}

void grade(Canvas& c, const Setting& setting) {
  const bool night = setting.hour == Hour::night || setting.moon;
  if (!night && setting.hour != Hour::evening && setting.weather == Weather::clear) {
    return;
  }
  c.area(0, 0, c.aspect, 1, [&](float, float y, Colour& v) {
    if (night) {  // lamps keep their light, all else turns blue and dark
      const float l = luma(v), lamp = smoothstep(1.4f, 3.f, l);
      v = lerp(saturate(v, 0.45f) * Colour{0.10f, 0.15f, 0.30f}, v, lamp);
    } else if (setting.hour == Hour::evening) {
      v = v * lerp(Colour{0.62f, 0.48f, 0.60f}, Colour{1.05f, 0.66f, 0.40f}, smoothstep(0.1f, 0.7f, y));
    }
    if (setting.weather == Weather::rain || setting.weather == Weather::fog) {
      v = saturate(v, 0.55f) * 0.62f;
    }
  });
}

namespace {

void streaks(Canvas& c, int count, float longest, float strength, float wide) {
  auto& r = c.dice;
  for (int k = 0; k < int(float(count) * c.aspect); ++k) {
    const float x = r(-0.05f, c.aspect + 0.1f), y = r(-0.1f, 1), length = longest * r(0.4f, 1.f);
    const float power = strength * r(0.3f, 1.f), thick = wide * r(0.7f, 1.2f);
    c.line(x, y, x - 0.16f * length, y + length, thick, from_hex(0xd4e2f4, power), 1, true);
  }
}

/// Soft flakes; a large one is out of focus, and none of those hides the face.
void flakes(Canvas& c, int count, float small, float large, float alpha, bool spare_face) {
  auto& r = c.dice;
  for (int k = 0; k < int(float(count) * c.aspect); ++k) {
    const float x = r(0, c.aspect), y = r(-0.02f, 1), q = r(), size = lerp(small, large, q * q),
                a = alpha * r(0.5f, 1.f);
    const float away = std::hypot((x - c.head_x) / c.head_width, (y - c.head_y) / (1.25f * c.head_width));
    if (spare_face && away < 0.62f + 0.3f * q) {
      continue;
    }
    c.disc(x, y, size, Colour{0.96f, 0.98f, 1.0f}, max(0.0015f, 0.55f * size), a);
  }
}

void veil(Canvas& c, Colour mist, float from, float thick) {
  const std::uint32_t s = c.dice.state;
  c.area(0, from, c.aspect, 1, [&](float x, float y, Colour& v) {
    const float n = fbm(x * 2.2f + 0.6f * fbm(x * 2, y * 3, s + 1, 2), y * 4.2f, s, 4);
    v = lerp(v, mist, clamp(thick * smoothstep(from, from + 0.4f, y) * (0.35f + 1.1f * n), 0.f, 0.92f));
  });
}

bool dark(const Setting& setting) {
  return setting.hour == Hour::night || setting.moon;
}

}  // namespace

void fall_behind(Canvas& c) {
  const bool night = dark(c.setting);
  switch (c.setting.weather) {
    case Weather::rain:
      veil(c, night ? from_hex(0x2a3448) : from_hex(0x98a4b0), 0.25f, 0.35f);
      streaks(c, 900, 0.055f, night ? 0.16f : 0.24f, 0.0012f);
      break;
    case Weather::snow:
      flakes(c, 620, 0.0016f, 0.004f, night ? 0.5f : 0.85f, false);
      flakes(c, 170, 0.003f, 0.009f, night ? 0.5f : 0.8f, false);
      break;
    case Weather::fog: veil(c, night ? from_hex(0x39445c) : from_hex(0xd4dae0, 0.95f), 0.02f, 0.72f); break;
    case Weather::clear: break;
  }
}

void fall_before(Canvas& c) {
  switch (c.setting.weather) {
    case Weather::rain: streaks(c, 80, 0.075f, 0.15f, 0.0015f); break;
    case Weather::snow:
      flakes(c, 110, 0.002f, 0.006f, 0.75f, false);
      flakes(c, 26, 0.008f, 0.022f, 0.5f, true);
      break;
    case Weather::fog:
      veil(c, dark(c.setting) ? Colour{0.30f, 0.34f, 0.42f} : Colour{0.84f, 0.87f, 0.89f}, 0.55f, 0.55f);
      break;
    case Weather::clear: break;
  }
}

}  // namespace aisha::sandbox::studio
