// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "sandbox/studio/raster/tone.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::max, std::min;

namespace {

struct Site {
  float x, y;
};

/// Panes are the cells of scattered points. The face is painted on its panes, as glaziers do, or nobody would be known.
class Panes {
 public:
  Panes(int width, int height, const StyleContext& c)
      : step_(float(min(width, height)) / 10), columns_(int(float(width) / step_) + 3) {
    const int rows = int(float(height) / step_) + 3;
    buckets_.resize(std::size_t(columns_) * std::size_t(rows));
    for (int j = 0; j < rows; ++j) {
      for (int i = 0; i < columns_; ++i) {
        const float cx = (float(i) - 0.5f) * step_, cy = (float(j) - 0.5f) * step_;
        const float dx = (2 * cx - c.head_x) / c.head_width, dy = (2 * cy - c.head_y) / c.head_width;
        const float d = std::hypot(dx, 0.85f * dy);
        const int parts = d < 0.34f ? 2 : d < 0.66f ? 3 : d < 1.05f ? 2 : 1;
        scatter(i, j, parts, c.seed);
      }
    }
  }

  std::size_t size() const { return sites_.size(); }

  struct Hit {
    std::size_t pane;
    float edge;  ///< pixels to the nearest other pane
  };
  Hit at(float x, float y) const {
    const int bi = int(x / step_ + 1), bj = int(y / step_ + 1);
    float first = 1e18f, second = 1e18f;
    std::size_t pane = 0, other = 0;
    for (int j = bj - 1; j <= bj + 1; ++j) {
      for (int i = bi - 1; i <= bi + 1; ++i) {
        if (i < 0 || i >= columns_ || j < 0 || std::size_t(j * columns_ + i) >= buckets_.size()) {
          continue;
        }
        for (const std::size_t n : buckets_[std::size_t(j * columns_ + i)]) {
          const float dx = sites_[n].x - x, dy = sites_[n].y - y, d = dx * dx + dy * dy;
          if (d < first) {
            second = first, other = pane, first = d, pane = n;
          } else if (d < second) {
            second = d, other = n;
          }
        }
      }
    }
    const float apart = std::hypot(sites_[pane].x - sites_[other].x, sites_[pane].y - sites_[other].y);
    return {pane, (second - first) / (2 * max(apart, 1e-3f))};
  }

 private:
  void scatter(int i, int j, int parts, std::uint32_t seed) {
    const float part = step_ / float(parts);
    for (int b = 0; b < parts; ++b) {
      for (int a = 0; a < parts; ++a) {
        const int u = i * 16 + a, v = j * 16 + b;
        const float x = (float(i) - 1) * step_ + part * (float(a) + 0.12f + 0.76f * hash(u, v, seed + 1));
        const float y = (float(j) - 1) * step_ + part * (float(b) + 0.12f + 0.76f * hash(u, v, seed + 2));
        buckets_[std::size_t(j * columns_ + i)].push_back(sites_.size());
        sites_.push_back({x, y});
      }
    }
  }

  float step_;
  int columns_;
  std::vector<Site> sites_;
  std::vector<std::vector<std::size_t>> buckets_;
};

struct Mean {
  Colour sum;
  float count = 0;
  Colour value() const { return sum * (1 / max(count, 1e-3f)); }
};

/// Glass has few greys.
Colour stained(Colour v, float luck) {
  const float l = luma(v);
  v = saturate(v, 1.75f);
  const float gain = (0.16f + 1.02f * l) / (l + 0.05f) * (0.88f + 0.26f * luck);
  return {clamp(v.r * gain, 0.02f, 1.f), clamp(v.g * gain, 0.02f, 1.f), clamp(v.b * gain, 0.02f, 1.f)};
}

}  // namespace

// Mean colours of cells, dark seams, a lead line around the figure, light from behind.
void stained_glass(Raster& m, const StyleContext& c) {
  const Raster small = shrink_half(m);
  const int w = small.width, h = small.height;
  const Raster alpha = enlarge(c.alpha, w, h), soft = blur(alpha, float(min(w, h)) / 420);
  const Panes panes(w, h, c);
  std::vector<Mean> inside(panes.size()), outside(panes.size());
  std::vector<Panes::Hit> hits(std::size_t(w) * std::size_t(h));
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const Panes::Hit hit = panes.at(float(x), float(y));
      Mean& mean = alpha.row(y)[x] > 0.5f ? inside[hit.pane] : outside[hit.pane];
      mean.sum += small.rgb(x, y), mean.count += 1;
      hits[std::size_t(y) * std::size_t(w) + std::size_t(x)] = hit;
    }
  }
  Raster colours(w, h, 3), lead(w, h, 1);
  const float unit = float(min(w, h)) / 1000;
  each(colours, [&](int x, int y, Colour) {
    const Panes::Hit hit = hits[std::size_t(y) * std::size_t(w) + std::size_t(x)];
    const float dx = (2 * float(x) - c.head_x) / c.head_width, dy = (2 * float(y) - c.head_y) / c.head_width;
    const float face = smoothstep(0.52f, 0.34f, std::hypot(1.25f * dx, dy - 0.04f));
    const float thick = lerp(2.6f, 0.7f, face) * unit;
    const float rim = std::abs(soft.row(y)[x] - 0.5f) < 0.34f ? 1.f : 0.f;
    lead.row(y)[x] = max(lerp(1.f, 0.42f, face) * smoothstep(thick + 0.9f, thick - 0.3f, hit.edge), rim);
    const Mean& mean = alpha.row(y)[x] > 0.5f ? inside[hit.pane] : outside[hit.pane];
    const Colour own = small.rgb(x, y), flat = mean.value();
    const Colour pane = stained(flat, hash(int(hit.pane), 5, c.seed));
    return lerp(pane, saturate(curve(own, 0.5f), 1.35f), 0.85f * face);
  });
  m = enlarge(colours, m.width, m.height);
  const Raster seams = enlarge(lead, m.width, m.height, true),
               glow = enlarge(blur(shrink_half(colours), float(h) / 60), m.width, m.height);
  each(m, [&](int x, int y, Colour v) {
    const float px = float(x) / unit, py = float(y) / unit;
    const float ripple = 0.90f + 0.20f * fbm(px * 0.011f, py * 0.017f, c.seed + 7, 3),
                bubble = 1 + 0.018f * c.grain.at(x / 2, y / 2);
    const float dx = (float(x) - c.head_x) / float(m.height), dy = (float(y) - 0.8f * c.head_y) / float(m.height);
    const float sun = 0.80f + 0.30f * std::exp(-5 * (dx * dx + dy * dy));
    v = v * (ripple * bubble * sun) + glow.rgb(x, y) * 0.10f;
    const float s = clamp(seams.row(y)[x], 0.f, 1.f), shine = 0.05f + 0.05f * smoothstep(0.9f, 0.55f, s);
    return lerp(v, Colour{shine, shine, 1.06f * shine}, s);
  });
}

}  // namespace aisha::sandbox::studio
