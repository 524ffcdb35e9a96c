// SPDX-License-Identifier: Apache-2.0
// Measures the real binary against a Telegram that answers at once:
//   bench_loop PRODUCT FOLDER [PRESSES [PEOPLE]]     e.g. bench_loop build/release/aisha /tmp/loop 20000 32
// Prints time from exec to the first getUpdates, idle memory, CPU per press, and how long a press takes.
#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "crowd.hpp"
#include "http/common/multipart.hpp"
#include "http/server/server.hpp"
#include "product.hpp"

namespace aisha::bench {
namespace {

namespace asio = boost::asio;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kIdle = std::chrono::seconds(5);
constexpr auto kGiveUp = std::chrono::seconds(120);

class FakeTelegram {
 public:
  FakeTelegram(asio::io_context& io, Crowd& crowd) : crowd_(crowd), news_(io) {
    router_.add("*", "/:bot/:method", [this](http::ServerRequest request) { return answer(std::move(request)); });
  }

  http::Router& router() { return router_; }
  bool polled() const { return polled_; }
  SteadyClock::time_point first_poll() const { return first_poll_; }
  void ring() { news_.cancel(); }

 private:
  static json::Object parameters_of(const http::ServerRequest& request) {
    if (request.header("content-type").starts_with("multipart/")) {
      json::Object out;
      const auto parts = http::read_multipart(request.header("content-type"), request.body);
      for (const auto& part : parts.value_or(std::vector<http::Part>{})) {
        if (part.filename.empty()) {
          out[part.name] = part.body;
        }
      }
      return out;
    }
    auto value = json::parse(request.body);
    return value && value->is_object() ? value->get_object() : json::Object{};
  }

  Task<http::ServerResponse> answer(http::ServerRequest request) {
    const std::string method = request.params.at("method");
    const json::Object parameters = parameters_of(request);
    http::ServerResponse response;
    if (method == "getUpdates") {
      response.body = co_await updates();
      co_return response;
    }
    response.body = R"({"ok":true,"result":)" + crowd_.called(method, parameters, SteadyClock::now()) + "}";
    if (!crowd_.idle()) {
      ring();
    }
    co_return response;
  }

  Task<std::string> updates() {
    if (!polled_) {
      polled_ = true;
      first_poll_ = SteadyClock::now();
    }
    while (!open_ || crowd_.idle()) {
      news_.expires_after(std::chrono::milliseconds(200));
      boost::system::error_code ec;
      co_await news_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
    std::string body = R"({"ok":true,"result":[)";
    for (const std::string& update : crowd_.take(100, SteadyClock::now())) {
      body += update + ",";
    }
    body.back() = ']';
    co_return body + "}";
  }

 public:
  /// Nothing is handed out before: the product is measured idle first.
  void open() {
    open_ = true;
    ring();
  }

 private:
  Crowd& crowd_;
  http::Router router_;
  asio::steady_timer news_;
  bool polled_ = false;
  bool open_ = false;
  SteadyClock::time_point first_poll_;
};

/// Runs the loop until `done` says so; false when the time or the product is over.
template <class Done>
bool run_until(asio::io_context& io, const Product& product, Crowd& crowd, std::chrono::seconds limit, Done done) {
  const auto end = SteadyClock::now() + limit;
  while (!done()) {
    if (SteadyClock::now() > end || !product.running()) {
      return false;
    }
    io.restart();
    io.run_for(std::chrono::milliseconds(20));
    crowd.settle(SteadyClock::now());
  }
  return true;
}

std::string percentiles(std::vector<double> times) {
  if (times.empty()) {
    return "none";
  }
  std::ranges::sort(times);
  const auto at = [&](double part) {
    return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
  };
  return fmt::format("p50 {:.2f} ms, p99 {:.2f} ms, max {:.2f} ms", at(0.5), at(0.99), times.back());
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

/// What the product has used so far.
struct Used {
  explicit Used(const Product& product)
      : all(product.cpu_seconds()), loop(product.loop_seconds()), children(product.children_cpu_seconds()) {}
  double all;
  double loop;
  double children;
};

/// The walk itself and its figures; false when not every press was answered.
bool press_all(asio::io_context& io, const Product& product, Crowd& crowd, FakeTelegram& telegram) {
  const Used before(product);
  const auto calls_before = crowd.calls();
  const auto begun = SteadyClock::now();
  crowd.begin();
  telegram.ring();
  const bool whole = run_until(io, product, crowd, std::chrono::seconds(600), [&] { return crowd.finished(); });
  const double seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  const Used after(product);
  const double each = 1000.0 / crowd.done();
  fmt::print("{} presses by {} people in {:.1f} s: {:.0f} a second, {} with words only\n", crowd.done(), crowd.people(),
             seconds, crowd.done() / seconds, crowd.words_only());
  for (const auto& [method, count] : crowd.calls()) {
    const auto earlier = calls_before.find(method);
    const int since = count - (earlier == calls_before.end() ? 0 : earlier->second);
    if (since > 0) {
      fmt::print("  {:<24} {:.3f} a press\n", method, static_cast<double>(since) / crowd.done());
    }
  }
  const double cpu = after.all - before.all;
  fmt::print("product CPU: {:.3f} ms a press (loop thread {:.3f}, other threads {:.3f}); {:.0f} presses a CPU second\n",
             cpu * each, (after.loop - before.loop) * each, (cpu - after.loop + before.loop) * each,
             crowd.done() / cpu);
  fmt::print("imager CPU: {:.3f} ms a press\n", (after.children - before.children) * each);
  fmt::print("button answered: {}\nanswered and shown: {}\nafterwards: {:.1f} MB\n", percentiles(crowd.answer_times()),
             percentiles(crowd.whole_times()), product.rss_mb());
  return whole;
}

int measure(const std::string& program, const std::string& folder, int presses, int people) {
  std::filesystem::create_directories(folder);
  asio::io_context io(1);
  Crowd crowd(people, presses);
  FakeTelegram telegram(io, crowd);
  http::ServerOptions options;
  options.max_body = 32U << 20U;
  auto server = http::make_server(io.get_executor(), options, telegram.router());
  if (!server) {
    fmt::print(stderr, "{}\n", server.error().detail);
    return 4;
  }
  const std::string config = write_config(folder, (*server)->port());
  const auto started = SteadyClock::now();
  const Product product(program, {"serve", "--config", config}, folder + "/product.log");
  const auto fail = [&](const char* what) {
    fmt::print(stderr, "{}; see {}/product.log\n", what, folder);
    return 1;
  };
  if (!run_until(io, product, crowd, kGiveUp, [&] { return telegram.polled(); })) {
    return fail("the product never asked for updates");
  }
  fmt::print("exec to first getUpdates: {:.0f} ms\n",
             std::chrono::duration<double, std::milli>(telegram.first_poll() - started).count());
  // The first round of every loop belongs to the start.
  const auto settled = SteadyClock::now() + std::chrono::seconds(1);
  run_until(io, product, crowd, kGiveUp, [&] { return SteadyClock::now() > settled; });
  const auto idle_end = SteadyClock::now() + kIdle;
  const double idle_cpu = product.cpu_seconds();
  run_until(io, product, crowd, kGiveUp, [&] { return SteadyClock::now() > idle_end; });
  fmt::print("idle: {:.1f} MB (children {:.1f} MB), {:.2f} ms CPU a second\n", product.rss_mb(),
             product.children_rss_mb(), (product.cpu_seconds() - idle_cpu) * 1000 / static_cast<double>(kIdle.count()));
  telegram.open();
  if (!run_until(io, product, crowd, kGiveUp, [&] { return crowd.ready(); })) {
    return fail("not everybody got a keyboard");
  }
  return press_all(io, product, crowd, telegram) ? 0 : fail("not every press was answered");
}

}  // namespace
}  // namespace aisha::bench

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_loop PRODUCT FOLDER [PRESSES [PEOPLE]]\n");
    return 2;
  }
  const std::string folder = std::filesystem::absolute(argv[2]).string();
  return aisha::bench::measure(argv[1], folder, argc > 3 ? std::atoi(argv[3]) : 20'000,
                               argc > 4 ? std::atoi(argv[4]) : 32);
}
