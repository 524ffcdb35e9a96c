// SPDX-License-Identifier: Apache-2.0
// Measures the real binary against a Telegram that answers at once:
//   bench_loop PRODUCT [--people 1000] [--in-flight 32] [--presses 20000] [--folder FOLDER] [--server NAME=PID ...]
// Prints time from exec to the first getUpdates, idle memory, CPU per press of the product and of the servers, and how
// long a press takes; FOLDER/figures.json holds the same.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "command.hpp"
#include "crowd.hpp"
#include "fake_telegram.hpp"
#include "processes.hpp"
#include "product.hpp"
#include "run.hpp"

namespace aisha::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kIdle = std::chrono::seconds(5);
constexpr auto kGiveUp = std::chrono::seconds(120);
constexpr auto kLongestWalk = std::chrono::seconds(600);

struct Options : CommandOptions {
  int people = 1'000;
  int in_flight = 32;
  int presses = 20'000;
};

double at(const std::vector<double>& sorted, double part) {
  return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

std::string percentiles(std::vector<double> times) {
  std::ranges::sort(times);
  return fmt::format("p50 {:.2f} ms, p99 {:.2f} ms, max {:.2f} ms", at(times, 0.5), at(times, 0.99), at(times, 1));
}

std::string write_config(const std::string& folder, std::uint16_t port) {
  const std::string path = folder + "/aisha.toml";
  const std::string root = fmt::format("http://127.0.0.1:{}", port);
  std::ofstream file(path);
  file << "[database]\nurl = \"sqlite:" << folder << "/aisha.db\"\n[blobs]\nurl = \"dir:" << folder << "/blobs\"\n"
       << "[telegram]\ntoken = \"7000000001:AAF0bench0bench0bench0bench0bench0x\"\napi_root = \"" << root << "\"\n"
       << "[fal]\nkey = \"bench:bench\"\nqueue_url = \"" << root << "/fal\"\nrest_url = \"" << root << "/fal\"\n"
       << "[limits]\nupdates_per_minute = 100000\n"  // nobody presses as fast as this crowd
       << "[[demo_avatar]]\nname = \"Анна\"\ngender = \"female\"\ntrigger = \"AISHA_ANNA woman\"\nphoto = "
          "\"demo-anna\"\n"
       << "lora_url = \"" << root << "/anna.safetensors\"\n";
  file.close();
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return path;
}

/// What product and servers have used so far, in seconds.
struct Used {
  Used(const Product& product, const std::vector<Watched>& servers)
      : all(cpu_seconds(product.pid())),
        loop(thread_seconds(product.pid(), product.pid())),
        imager(tree_seconds(product.pid()) - all) {
    for (const Watched& server : servers) {
      of_servers.push_back(tree_seconds(server.pid));
    }
  }
  double all;
  double loop;
  double imager;
  std::vector<double> of_servers;
};

class Loop {
 public:
  explicit Loop(Options options)
      : options_(std::move(options)),
        crowd_(options_.people, options_.in_flight, options_.presses),
        telegram_(io_, crowd_),
        started_(SteadyClock::now()),
        product_(options_.program, {"serve", "--config", write_config(options_.folder, telegram_.port())},
                 options_.folder + "/product.log") {}

  /// 0 when every press was answered.
  int measure() {
    if (!run_until(io_, product_, kGiveUp, [&] { return telegram_.polled(); })) {
      return fail("the product never asked for updates");
    }
    note("start_ms", std::chrono::duration<double, std::milli>(telegram_.first_poll() - started_).count());
    fmt::print("exec to first getUpdates: {:.0f} ms\n", figures_["start_ms"].as_double());
    rest();
    telegram_.open();
    if (!run_until(io_, product_, kGiveUp, [&] { return crowd_.ready(); })) {
      return fail("not everybody got a keyboard");
    }
    const bool whole = press_all();
    note("updates", crowd_.done() + options_.people);
    std::ofstream(options_.folder + "/figures.json") << json::serialize(figures_) << '\n';
    return whole ? 0 : fail("not every press was answered");
  }

 private:
  int fail(const char* what) const {
    fmt::print(stderr, "{}; see {}/product.log\n", what, options_.folder);
    return 1;
  }
  void note(std::string_view name, double value) { figures_[name] = value; }

  void rest() {
    // The first round of every loop belongs to the start.
    const auto settled = SteadyClock::now() + std::chrono::seconds(1);
    run_until(io_, product_, kGiveUp, [&] { return SteadyClock::now() > settled; });
    const auto idle_end = SteadyClock::now() + kIdle;
    const double before = cpu_seconds(product_.pid());
    run_until(io_, product_, kGiveUp, [&] { return SteadyClock::now() > idle_end; });
    const double each_second = (cpu_seconds(product_.pid()) - before) * 1000 / static_cast<double>(kIdle.count());
    note("idle_mb", rss_mb(product_.pid()));
    note("idle_ms_a_second", each_second);
    fmt::print("idle: {:.1f} MB (children {:.1f} MB), {:.2f} ms CPU a second\n", rss_mb(product_.pid()),
               children_rss_mb(product_.pid()), each_second);
  }

  bool press_all() {
    const Used before(product_, options_.servers);
    const auto calls_before = crowd_.calls();
    const auto begun = SteadyClock::now();
    crowd_.begin();
    telegram_.ring();
    const bool whole = run_until(
        io_, product_, kLongestWalk, [&] { return crowd_.finished(); }, [&] { crowd_.settle(SteadyClock::now()); });
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
    const Used after(product_, options_.servers);
    note("presses_a_second", crowd_.done() / seconds);
    fmt::print("{} presses by {} people, {} in flight, in {:.1f} s: {:.0f} a second, {} with words only\n",
               crowd_.done(), crowd_.people(), options_.in_flight, seconds, crowd_.done() / seconds,
               crowd_.words_only());
    print_calls(calls_before);
    print_cpu(before, after);
    return whole;
  }

  void print_calls(const std::map<std::string, int>& before) {
    for (const auto& [method, count] : crowd_.calls()) {
      const auto earlier = before.find(method);
      const int since = count - (earlier == before.end() ? 0 : earlier->second);
      if (since > 0) {
        fmt::print("  {:<24} {:.3f} a press\n", method, static_cast<double>(since) / crowd_.done());
      }
    }
  }

  void print_cpu(const Used& before, const Used& after) {
    const double each = 1000.0 / crowd_.done();
    const double cpu = (after.all - before.all) * each;
    const double loop = (after.loop - before.loop) * each;
    const double imager = (after.imager - before.imager) * each;
    fmt::print(
        "product CPU: {:.3f} ms a press (loop thread {:.3f}, other threads {:.3f}); {:.0f} presses a CPU second\n", cpu,
        loop, cpu - loop, 1000 / cpu);
    fmt::print("imager CPU: {:.3f} ms a press\n", imager);
    note("product_ms", cpu);
    note("loop_ms", loop);
    note("imager_ms", imager);
    for (std::size_t i = 0; i < options_.servers.size(); ++i) {
      const double used = (after.of_servers[i] - before.of_servers[i]) * each;
      fmt::print("{} CPU: {:.3f} ms a press\n", options_.servers[i].name, used);
      note(options_.servers[i].name + "_ms", used);
    }
    auto times = crowd_.answer_times();
    std::ranges::sort(times);
    note("answer_p50_ms", at(times, 0.5));
    note("answer_p99_ms", at(times, 0.99));
    note("rss_mb", rss_mb(product_.pid()));
    fmt::print("button answered: {}\nanswered and shown: {}\nafterwards: {:.1f} MB\n", percentiles(std::move(times)),
               percentiles(crowd_.whole_times()), rss_mb(product_.pid()));
  }

  Options options_;
  boost::asio::io_context io_{1};
  Crowd crowd_;
  FakeTelegram telegram_;
  SteadyClock::time_point started_;
  Product product_;
  json::Object figures_;
};

}  // namespace
}  // namespace aisha::bench

int main(int argc, char** argv) {
  aisha::bench::Options options;
  CLI::App command("Measures the real binary against a Telegram that answers at once");
  command.add_option("--people", options.people, "how many people press");
  command.add_option("--in-flight", options.in_flight, "presses at once");
  command.add_option("--presses", options.presses, "presses in all");
  return aisha::bench::run_command(command, argc, argv, options,
                                   [&options] { return aisha::bench::Loop(options).measure(); });
}
