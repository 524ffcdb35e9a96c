// SPDX-License-Identifier: Apache-2.0
#include "way.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <stdexcept>

#include "fake_fal.hpp"
#include "fake_telegram.hpp"
#include "product.hpp"
#include "run.hpp"
#include "sitters.hpp"

namespace aisha::bench {
namespace {

namespace asio = boost::asio;

constexpr auto kGiveUp = std::chrono::seconds(120);
constexpr auto kQuiet = std::chrono::seconds(2);
constexpr int kWebhooksAtOnce = 8;

std::uint16_t free_port() {
  asio::io_context io;
  const asio::ip::tcp::acceptor probe(io, {asio::ip::address_v4::loopback(), 0});
  return probe.local_endpoint().port();
}

WayFigures used(const Product& product, const std::vector<Watched>& servers) {
  WayFigures out;
  out.product = cpu_seconds(product.pid());
  out.loop = thread_seconds(product.pid(), product.pid());
  out.imager = tree_seconds(product.pid()) - out.product;
  out.load = cpu_seconds(getpid());
  for (const Watched& server : servers) {
    out.of_servers.push_back(tree_seconds(server.pid));
  }
  return out;
}

WayFigures between(const WayFigures& before, WayFigures after) {
  after.product -= before.product;
  after.loop -= before.loop;
  after.imager -= before.imager;
  after.load -= before.load;
  for (std::size_t i = 0; i < after.of_servers.size(); ++i) {
    after.of_servers[i] -= before.of_servers[i];
  }
  return after;
}

/// For the child: a store in the folder in place of the environment's.
void forget_blob_settings() {
  for (const char* name : {"AISHA_BLOBS_URL", "AISHA_S3_ACCESS_KEY", "AISHA_S3_SECRET_KEY"}) {
    unsetenv(name);
  }
}

}  // namespace

double WayFigures::all() const {
  return std::accumulate(of_servers.begin(), of_servers.end(), product + imager + load);
}

std::string write_config(const WayOptions& options, std::uint16_t telegram_port, const std::string& fal_root) {
  const std::string path = options.folder + "/aisha.toml";
  const std::string telegram = fmt::format("http://127.0.0.1:{}", telegram_port);
  const std::string listen = fmt::format("127.0.0.1:{}", free_port());
  std::ofstream file(path);
  file << "[database]\nurl = \"sqlite:" << options.folder << "/aisha.db\"\n[blobs]\nurl = \"dir:" << options.folder
       << "/blobs\"\n[server]\nlisten = \"" << listen << "\"\n[imaging]\nprogram = \""
       << std::filesystem::absolute(options.program).parent_path().string() << "/aisha-imager\"\n[telegram]\n"
       << "token = \"7000000001:AAF0bench0bench0bench0bench0bench0x\"\napi_root = \"" << telegram << "\"\n"
       << "[fal]\nkey = \"bench:bench\"\nqueue_url = \"" << fal_root << "/fal\"\nrest_url = \"" << fal_root
       << "/rest\"\nwebhook_url = \"http://" << listen << "/fal\"\nfile_origins = [\"" << fal_root
       << "\"]\n"
       // Nobody asks how it goes and nobody is told that it took long: the pictures come when the last is ordered.
       << "[timing]\npoll_first_ms = 600000\npoll_slowest_ms = 600000\nlate_notice_after_ms = 600000\n"
       << "[[demo_avatar]]\nname = \"Анна\"\ngender = \"female\"\ntrigger = \"AISHA_ANNA woman\"\nphoto = "
          "\"demo-anna\"\n"
       << "lora_url = \"" << fal_root << "/anna.safetensors\"\n";
  file.close();
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return path;
}

WayFigures walk(const WayOptions& options) {
  using Clock = std::chrono::steady_clock;
  std::filesystem::create_directories(options.folder);
  asio::io_context io(1);
  Sitters sitters(options.first_id, options.pictures, options.picture);
  FakeTelegram telegram(io, sitters);
  FakeFal fal(io, options.picture);
  const std::string config = write_config(options, telegram.port(), fal.root());
  if (options.objects_in_files) {
    forget_blob_settings();
  }
  const Product product(options.program, {"serve", "--config", config}, options.folder + "/product.log");
  telegram.open();
  const bool ordered = run_until(io, product, kGiveUp, [&] {
    return fal.waiting() == options.pictures && Clock::now() - sitters.last_call() > kQuiet;
  });
  if (!ordered) {
    throw std::runtime_error(fmt::format("{} of {} pictures were ordered", fal.waiting(), options.pictures));
  }
  const WayFigures before = used(product, options.servers);
  const auto begun = Clock::now();
  fal.tell_all(kWebhooksAtOnce);
  const bool came = run_until(io, product, kGiveUp + std::chrono::seconds(options.pictures),
                              [&] { return sitters.delivered() == options.pictures; });
  WayFigures figures = between(before, used(product, options.servers));
  figures.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  if (!came || fal.refused() > 0) {
    throw std::runtime_error(fmt::format("{} of {} pictures came, {} webhooks were refused", sitters.delivered(),
                                         options.pictures, fal.refused()));
  }
  return figures;
}

}  // namespace aisha::bench
