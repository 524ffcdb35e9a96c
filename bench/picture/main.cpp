// SPDX-License-Identifier: Apache-2.0
// Measures a picture's whole way through the real binary, from the provider's webhook to the chat, beside the sum of
// its parts alone in the same run:
//   bench_picture PRODUCT [--pictures 200] [--folder FOLDER] [--server NAME=PID ...]
// The limit is what the parts leave of two cores: 2000 / sum of their CPU in ms. FOLDER/figures.json holds the figures.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <numeric>

#include "base/json.hpp"
#include "command.hpp"
#include "imaging/strip.hpp"
#include "parts.hpp"
#include "sandbox/studio/painter/painter.hpp"
#include "way.hpp"

namespace aisha::bench {
namespace {

constexpr int kCores = 2;
constexpr int kPartTimes = 40;

struct Options : CommandOptions {
  int pictures = 200;
};

/// Without metadata: the product hands out what it was given then, by which a delivery is known.
std::string painted(int width, int height) {
  sandbox::studio::PaintRequest request;
  request.prompt = "portrait in a summer garden, photo";
  request.seed = 7;
  request.width = width;
  request.height = height;
  return imaging::strip_metadata(sandbox::studio::paint(request), imaging::Format::jpeg).bytes;
}

class Bench {
 public:
  explicit Bench(const Options& options) : options_(options), big_(painted(1'536, 2'048)), small_(painted(64, 64)) {}

  void measure() {
    fmt::print("picture: 1536x2048, {} KB of JPEG; {} of them\n", big_.size() / 1024, options_.pictures);
    WayOptions way = way_of("whole", big_, 1'000'000);
    const WayFigures whole = walk(way);
    // config::load takes the environment as it is: before the small way forgets the store's part of it.
    const auto config = config::load(way.folder + "/aisha.toml", config::process_environment());
    if (!config) {
      throw std::runtime_error(config.error().detail);
    }
    std::vector<Part> parts = measure_parts(*config, big_, kPartTimes, options_.servers);
    way = way_of("small", small_, 2'000'000);
    way.objects_in_files = true;
    const WayFigures small = walk(way);
    parts.push_back({.name = "database, queues, hooks", .milliseconds = small.all() * 1000 / options_.pictures});
    print(whole, parts);
    std::ofstream(options_.folder + "/figures.json") << json::serialize(figures_) << '\n';
  }

 private:
  WayOptions way_of(const std::string& name, const std::string& picture, std::int64_t first_id) const {
    WayOptions out;
    out.program = options_.program;
    out.folder = options_.folder + "/" + name;
    out.picture = picture;
    out.pictures = options_.pictures;
    out.first_id = first_id;
    out.servers = options_.servers;
    return out;
  }

  void print(const WayFigures& whole, const std::vector<Part>& parts) {
    const double rate = options_.pictures / whole.seconds;
    const double each = 1000.0 / options_.pictures;
    fmt::print("the whole way: {:.1f} pictures a second; CPU a picture: {:.1f} ms\n", rate, whole.all() * each);
    say("product", whole.product * each);
    say("product_loop", whole.loop * each);
    say("imager", whole.imager * each);
    for (std::size_t i = 0; i < options_.servers.size(); ++i) {
      say(options_.servers[i].name, whole.of_servers[i] * each);
    }
    say("telegram_and_fal", whole.load * each);
    fmt::print("its parts alone, CPU of all who take part:\n");
    for (const Part& part : parts) {
      say(part.name + (part.counts ? "" : " (not counted)"), part.milliseconds);
    }
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0, [](double so_far, const Part& part) {
      return so_far + (part.counts ? part.milliseconds : 0);
    });
    const double limit = kCores * 1000 / sum;
    fmt::print("sum {:.1f} ms: at most {:.1f} pictures a second on {} cores; reached {:.0f} %\n", sum, limit, kCores,
               rate / limit * 100);
    figures_["pictures_a_second"] = rate;
    figures_["cpu_ms_a_picture"] = whole.all() * each;
    figures_["sum_of_parts_ms"] = sum;
    figures_["limit_a_second"] = limit;
    figures_["reached_percent"] = rate / limit * 100;
  }

  void say(const std::string& name, double milliseconds) {
    fmt::print("  {:<38} {:7.2f} ms\n", name, milliseconds);
    figures_[name + "_ms"] = milliseconds;
  }

  Options options_;
  std::string big_;
  std::string small_;
  json::Object figures_;
};

}  // namespace
}  // namespace aisha::bench

int main(int argc, char** argv) {
  aisha::bench::Options options;
  CLI::App command("Measures a picture's way through the real binary beside its parts alone");
  command.add_option("--pictures", options.pictures, "how many");
  return aisha::bench::run_command(command, argc, argv, options, [&options] {
    aisha::bench::Bench(options).measure();
    return 0;
  });
}
