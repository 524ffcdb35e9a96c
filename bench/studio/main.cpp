// SPDX-License-Identifier: Apache-2.0
// Paints with the sandbox's painter and says how long it took:
//   bench_studio [--size 2048x2048] [--times 3]                     every scene in its own style, then every style
//   bench_studio --prompt TEXT [--face demo-chelsea] [--out FILE]   one picture, to look at
// Times are CPU times of one thread, the median of so many: other work on the machine does not count.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "sandbox/fal/faces.hpp"
#include "sandbox/studio/painter/painter.hpp"
#include "sandbox/studio/scenes/scenes.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::bench {
namespace {

struct Options {
  std::string prompt, face = "demo-eileen", size = "2048x2048", out;
  std::uint64_t seed = 7;
  int times = 3;
};

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

class Bench {
 public:
  explicit Bench(Options options) : options_(std::move(options)) {}

  void run() {
    if (!options_.prompt.empty()) {
      measure(options_.prompt, options_.prompt);
      return;
    }
    for (const auto& scene : sandbox::studio::scenes()) {
      measure(std::string(scene.name), std::string(scene.words));
    }
    for (const auto& style : sandbox::studio::styles()) {
      measure(fmt::format("office, {}", style.name), fmt::format("office {}", style.words));
    }
    fmt::print("slowest: {:.0f} ms\n", slowest_);
  }

 private:
  void measure(const std::string& name, const std::string& prompt) {
    std::vector<double> times;
    for (int i = 0; i < options_.times; ++i) {
      const double start = cpu_ms();
      const std::string bytes = sandbox::studio::paint(request(prompt));
      times.push_back(cpu_ms() - start);
      if (!options_.out.empty()) {
        std::ofstream(options_.out, std::ios::binary) << bytes;
      }
    }
    std::ranges::sort(times);
    const double middle = times[times.size() / 2];
    slowest_ = std::max(slowest_, middle);
    fmt::print("{:<24} {:>6.0f} ms\n", name, middle);
  }

  sandbox::studio::PaintRequest request(const std::string& prompt) const {
    sandbox::studio::PaintRequest out;
    out.prompt = prompt;
    out.seed = options_.seed;
    const auto cross = options_.size.find('x');
    out.width = std::stoi(options_.size), out.height = std::stoi(options_.size.substr(cross + 1));
    if (const auto face = sandbox::fal::demo_face(options_.face)) {
      out.photo_bytes = std::string(face->photo), out.mask_bytes = std::string(face->mask), out.sitting = face->sitting;
    }
    const auto cat = sandbox::fal::demo_cat();
    out.cat_photo = cat.photo, out.cat_mask = cat.mask;
    if (options_.out.ends_with(".png")) {
      out.format = sandbox::studio::Format::png;
    }
    return out;
  }

  Options options_;
  double slowest_ = 0;
};

}  // namespace
}  // namespace aisha::bench

int main(int argc, char** argv) {
  CLI::App app{"bench_studio"};
  aisha::bench::Options options;
  app.add_option("--prompt", options.prompt);
  app.add_option("--face", options.face);
  app.add_option("--size", options.size)
      ->check(CLI::Validator(
          [](std::string& text) { return text.find('x') == std::string::npos ? "WIDTHxHEIGHT" : ""; }, "WxH"));
  app.add_option("--seed", options.seed);
  app.add_option("--times", options.times)->check(CLI::PositiveNumber);
  app.add_option("--out", options.out);
  CLI11_PARSE(app, argc, argv);
  aisha::bench::Bench(options).run();
  return 0;
}
