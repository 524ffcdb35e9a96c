// SPDX-License-Identifier: Apache-2.0
// One piece of cloth: shadow, relief, light.
#include <algorithm>
#include <cmath>
#include <vector>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/wardrobe/tailor.hpp"

namespace aisha::sandbox::studio {

using std::abs, std::clamp, std::max, std::min;

/// Height and tone of each pixel of a piece.
struct Tailor::Relief {
  Raster height, tone, inner;

  float at(const Raster& mask, int x, int y, float otherwise) const {
    x = clamp(x, 0, height.width - 1), y = clamp(y, 0, height.height - 1);
    return mask.row(y)[x] > 0.002f ? height.row(y)[x] : otherwise;
  }
};

void Tailor::piece(const Path& line, const Cloth& cloth, std::span<const Fold> folds) {
  const Box box = box_of(line, 3 * max(cloth.lift, cloth.edge) + (cloth.fuzz > 0 ? 8.f : 0.f));
  if (box.width() >= 3 && box.height() >= 3) {
    lay(box, cover_of(line, sitter_.stance, box), cloth, folds);
  }
}

void Tailor::roughen(Raster& mask, Box box, float fuzz) const {
  const Raster soft = blur(mask, fuzz * sitter_.stance.unit);
  for (int y = 0; y < box.height(); ++y) {
    for (int x = 0; x < box.width(); ++x) {
      const Point q = unit_at(box.x0 + x, box.y0 + y);
      const float n = noise(q.x * 0.75f, q.y * 0.55f, 51) + 0.6f * noise(q.x * 1.7f, q.y * 1.2f, 52) - 0.8f;
      mask.row(y)[x] = smoothstep(0.30f, 0.62f, soft.row(y)[x] + 0.42f * n);
    }
  }
}

void Tailor::drop_shadow(const Raster& mask, Box box, const Cloth& cloth) {
  const float reach = cloth.lift * sitter_.stance.unit;
  const Raster soft = blur(mask, reach * 0.8f);
  const int dx = int(-key_x_ * reach * 0.7f), dy = int(0.55f * reach);
  for (int y = 0; y < box.height(); ++y) {
    for (int x = 0; x < box.width(); ++x) {
      const float k = 1 - cloth.shade * soft.row(clamp(y - dy, 0, box.height() - 1))[clamp(x - dx, 0, box.width() - 1)];
      const int px = box.x0 + x, py = box.y0 + y;
      const Colour shaded{k, lerp(k, k * k, 0.25f), lerp(k, k * k, 0.2f)};
      layers_.colour.set(px, py, layers_.colour.rgb(px, py) * shaded);
      if (in_front_) {
        layers_.on_head.row(py)[px] *= k;
      }
    }
  }
}

// A screened Poisson equation on a coarse grid, then its root: round at the rim, flat inside, no artefacts in corners.
Raster Tailor::cushion(const Raster& mask, float radius) const {
  const float reach = radius * sitter_.stance.unit;
  const int step = max(1, int(reach / 4));
  const int w = (mask.width + step - 1) / step, h = (mask.height + step - 1) / step;
  Raster inside(w, h, 1), z(w, h, 1);
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      const int cells = min(step, mask.width - x / step * step) * min(step, mask.height - y / step * step);
      inside.row(y / step)[x / step] += mask.row(y)[x] / float(cells);
    }
  }
  const float screen = float(step * step) / (reach * reach);
  for (int pass = 0; pass < 36; ++pass) {
    for (int y = 0; y < h; ++y) {
      const float *up = z.row(max(0, y - 1)), *down = z.row(min(h - 1, y + 1)), *in = inside.row(y);
      float* q = z.row(y);
      for (int x = 0; x < w; ++x) {
        const float out = 1 - in[x];
        const float around = q[max(0, x - 1)] + q[min(w - 1, x + 1)] + up[x] + down[x] + in[x] * screen;
        q[x] += 1.5f * (around / (4 + screen + 12 * out * out) - q[x]);
      }
    }
  }
  const Raster big = enlarge(z, w * step, h * step, true);
  Raster out(mask.width, mask.height, 1);
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      out.row(y)[x] = radius * std::sqrt(max(0.f, big.row(y)[x]) + 0.02f);
    }
  }
  return out;
}

void Tailor::crease(Raster& height, Box box, const Fold& fold) const {
  const float unit = sitter_.stance.unit;
  const Box reach = box_of(fold.line, 2.6f * fold.width);
  std::vector<Point> points;
  std::vector<float> along;
  float length = 0;
  for (const Point p : fold.line) {
    const Point q = sitter_.stance.to_pixels(p);
    if (!points.empty()) {
      length += std::hypot(q.x - points.back().x, q.y - points.back().y);
    }
    points.push_back(q), along.push_back(length);
  }
  for (int y = max(reach.y0, box.y0); y < min(reach.y1, box.y1); ++y) {
    for (int x = max(reach.x0, box.x0); x < min(reach.x1, box.x1); ++x) {
      float best = 1e9f, side = 1, s = 0;
      for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const Point a = points[i], b = points[i + 1];
        const float ex = b.x - a.x, ey = b.y - a.y, px = float(x) - a.x, py = float(y) - a.y;
        const float t = clamp((px * ex + py * ey) / (ex * ex + ey * ey + 1e-6f), 0.f, 1.f);
        const float dx = px - t * ex, dy = py - t * ey, d = dx * dx + dy * dy;
        if (d < best) {
          best = d, side = ex * dy - ey * dx > 0 ? 1.f : -1.f, s = along[i] + t * (along[i + 1] - along[i]);
        }
      }
      const float t = s / max(1.f, length), taper = smoothstep(0, 0.30f, t) * smoothstep(1, 0.55f, t);
      const float d = side * std::sqrt(best) / (unit * fold.width * (0.45f + 0.55f * taper));
      if (abs(d) < 2.6f) {
        height.row(y - box.y0)[x - box.x0] +=
            fold.depth * taper *
            (std::exp(-1.6f * (d - 0.55f) * (d - 0.55f)) - 0.8f * std::exp(-2.6f * (d + 0.45f) * (d + 0.45f)));
      }
    }
  }
}

Tailor::Relief Tailor::relief_of(const Raster& mask, Box box, const Cloth& cloth, std::span<const Fold> folds) const {
  const int w = box.width(), h = box.height();
  Relief out{Raster(w, h, 1), Raster(w, h, 1, 1.f), blur(mask, cloth.edge * sitter_.stance.unit)};
  const Raster big = cushion(mask, cloth.round);
  const float ca = std::cos(cloth.angle), sa = std::sin(cloth.angle);
  const auto each_inside = [&](auto change) {
    for (int y = 0; y < h; ++y) {
      for (int x = 0; x < w; ++x) {
        if (mask.row(y)[x] > 0.002f) {
          change(x, y, unit_at(box.x0 + x, box.y0 + y));
        }
      }
    }
  };
  each_inside([&](int x, int y, Point q) {
    const float e = out.inner.row(y)[x] * out.inner.row(y)[x];
    float z = cloth.body * form_.row(box.y0 + y)[box.x0 + x] + cloth.puff * 1.25f * big.row(y)[x] +
              cloth.bevel * 1.3f * cloth.edge * e;
    if (cloth.wrinkle > 0) {
      const float a = (q.x * ca + q.y * sa) * cloth.fx, d = (-q.x * sa + q.y * ca) * cloth.fy;
      const float wobble = noise(q.x * 0.013f, q.y * 0.013f, seed() + 60);
      const float slow = noise(a + 2.5f * wobble, d + 1.5f * wobble, seed() + 61);
      const float fast = 2 * noise(a * 2.2f + 3 * wobble, d * 2.2f, seed() + 62) - 1;
      z += cloth.wrinkle * (9.0f * slow + 2.6f * (1 - std::sqrt(fast * fast + 0.03f)));
    }
    out.height.row(y)[x] = z;
  });
  for (const Fold& fold : folds) {
    crease(out.height, box, fold);
  }
  if (cloth.weave != nullptr) {
    each_inside([&](int x, int y, Point q) {
      const Texture texture = cloth.weave(q.x, q.y);
      out.height.row(y)[x] += cloth.relief * texture.height;
      out.tone.row(y)[x] = texture.tone;
    });
  }
  return out;
}

Colour Tailor::mirrored(float x, float y, float z) const {
  const float up = -y, key = max(0.f, x * key_x_ + y * key_y_ + z * key_z_);
  Colour e = lerp(Colour{0.10f, 0.10f, 0.11f}, Colour{0.70f, 0.73f, 0.78f}, smoothstep(0.0f, 0.8f, up)) +
             Colour{0.34f, 0.31f, 0.28f} * smoothstep(0.12f, 0.75f, -up);
  e += Colour{1, 0.98f, 0.95f} * (2.2f * std::pow(key, 22.f) + 0.6f * std::pow(key, 5.f));
  return e + sitter_.light.rim_left * (0.45f * std::pow(max(0.f, -x), 3.f)) +
         sitter_.light.rim_right * (0.45f * std::pow(max(0.f, x), 3.f));
}

/// `n` is a normal; `tone` of the weave and the mottling, `shade` darkens towards the edge.
Colour Tailor::lit(const Cloth& cloth, Colour n, float tone, float shade) const {
  const Light& light = sitter_.light;
  const float nx = n.r, ny = n.g, nz = n.b;
  const float diffuse = max(0.f, (nx * key_x_ + ny * key_y_ + nz * key_z_ + 0.22f) / 1.22f),
              hemisphere = 0.5f - 0.5f * ny;
  const float half = 1 / std::sqrt(key_x_ * key_x_ + key_y_ * key_y_ + (key_z_ + 1) * (key_z_ + 1));
  const float spec =
      cloth.spec * std::pow(max(0.f, (nx * key_x_ + ny * key_y_ + nz * (key_z_ + 1)) * half), cloth.gloss);
  if (cloth.metal > 0) {
    const Colour sky = mirrored(2 * nz * nx, 2 * nz * ny, 2 * nz * nz - 1);
    return cloth.base * tone * lerp(Colour{1, 1, 1} * (0.25f + 0.8f * diffuse), sky, cloth.metal) * shade +
           Colour{spec, spec, spec} + cloth.glow;
  }
  const float brightness = 0.30f * hemisphere + 0.98f * diffuse;
  Colour v = cloth.base * (tone * shade) * brightness;
  if (cloth.skin > 0) {
    v = v * lerp(Colour{1.02f, 0.86f, 0.80f}, Colour{1, 1, 1}, smoothstep(0.35f, 0.95f, brightness));
  }
  v += Colour{1, 1, 1} * (spec * shade);
  const float grazing = std::pow(1 - nz, 2.2f);
  v +=
      (cloth.base * 1.6f + Colour{0.04f, 0.04f, 0.04f}) * (cloth.sheen * grazing * (0.35f + 0.65f * hemisphere) * tone);
  v += (light.rim_left * max(0.f, -nx) + light.rim_right * max(0.f, nx)) *
       (grazing * (0.05f + 0.35f * std::sqrt(luma(cloth.base)) * tone));
  return v + cloth.glow;
}

void Tailor::lay(Box box, Raster mask, const Cloth& cloth, std::span<const Fold> folds) {
  if (cloth.fuzz > 0) {
    roughen(mask, box, cloth.fuzz);
  }
  if (cloth.lift > 0) {
    drop_shadow(mask, box, cloth);
  }
  const Relief relief = relief_of(mask, box, cloth, folds);
  const float unit = sitter_.stance.unit;
  for (int y = 0; y < box.height(); ++y) {
    for (int x = 0; x < box.width(); ++x) {
      const float a = mask.row(y)[x];
      if (a <= 0.002f) {
        continue;
      }
      const float here = relief.height.row(y)[x];
      const auto at = [&](int i, int j) { return relief.at(mask, i, j, here); };
      const float nx = -(at(x + 1, y) - at(x - 1, y)) * 0.5f * unit, ny = -(at(x, y + 1) - at(x, y - 1)) * 0.5f * unit;
      const float length = 1 / std::sqrt(nx * nx + ny * ny + 1);
      const int px = box.x0 + x, py = box.y0 + y;
      const float shade = 0.72f + 0.28f * clamp(2 * relief.inner.row(y)[x] - 1, 0.f, 1.f);
      const float tone = relief.tone.row(y)[x] * (1 + cloth.mottle * tint_.row(py)[px]);
      const Colour v = lit(cloth, {nx * length, ny * length, length}, tone, shade);
      layers_.colour.set(px, py, lerp(layers_.colour.rgb(px, py), v, a));
      layers_.alpha.row(py)[px] = max(layers_.alpha.row(py)[px], a);
    }
  }
}

}  // namespace aisha::sandbox::studio
