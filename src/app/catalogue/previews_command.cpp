// SPDX-License-Identifier: Apache-2.0
#include "app/catalogue/previews_command.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdio>
#include <iostream>
#include <memory>

#include "app/catalogue/folder_shelf.hpp"
#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/engines.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/time.hpp"
#include "catalog/templates/template_manager.hpp"
#include "http/client/client.hpp"
#include "providers/fal/fal_client.hpp"
#include "services/previews/preview_making.hpp"

namespace aisha::app {
namespace {

using domain::AvatarKind;
using services::PreviewMaking;
using services::PreviewOrder;
using services::PreviewShelf;

constexpr double kMicro = 1'000'000;

std::string_view name_of(AvatarKind kind) {
  return kind == AvatarKind::style ? "style" : "portrait";
}

PreviewMaking::Avatars avatars_of(const config::Config& config) {
  PreviewMaking::Avatars out;
  const auto set = [&out](AvatarKind kind, const std::optional<config::PreviewAvatar>& from) {
    if (from) {
      out[kind] = {from->lora_url, from->finetune_id, from->trigger};
    }
  };
  set(AvatarKind::portrait, config.preview_portrait);
  set(AvatarKind::style, config.preview_style);
  for (const services::DemoAvatar& demo : demo_avatars_of(config)) {
    out.try_emplace(demo.kind, services::PreviewAvatar{demo.lora_url, demo.finetune_id, demo.trigger_phrase});
  }
  return out;
}

/// What the command stands on. Members stand in the order in which they are made.
struct Bench {
  boost::asio::io_context loop;
  boost::asio::thread_pool files{1};
  std::unique_ptr<http::Client> http;
  std::unique_ptr<imaging::Imager> imager;
  SystemClock clock;
  providers::fal::FalClient fal;
  std::unique_ptr<blobs::BlobStore> store;
  std::unique_ptr<PreviewShelf> shelf;

  explicit Bench(const config::Config& config)
      : http(http::make_client(loop.get_executor(), proxies_of(config))),
        imager(start_imager(loop.get_executor(), config)),
        clock(loop.get_executor()),
        fal(*http, fal_options_of(config)) {}

  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  /// The imager's last handlers hold its socket: they end while the loop still has what sockets stand on.
  ~Bench() {
    imager.reset();
    loop.restart();
    loop.poll();
  }

  Result<void> open_shelf(const config::Config& config, const std::string& folder) {
    if (!folder.empty()) {
      shelf = std::make_unique<FolderShelf>(folder);
      return {};
    }
    auto opened = open_blobs(loop.get_executor(), files, *http, config);
    if (!opened) {
      return std::unexpected(opened.error());
    }
    store = std::move(opened->store);
    shelf = std::make_unique<services::BucketShelf>(*store);
    return {};
  }
};

services::WantedPreviews wanted_of(const PreviewsWanted& wanted) {
  services::WantedPreviews out;
  out.styles = wanted.styles;
  if (!wanted.kind.empty()) {
    out.kind = domain::avatar_kind_from(wanted.kind);
  }
  out.force = wanted.force;
  // A folder is to hold all of them: nothing is built into it.
  out.built_in_count = wanted.to.empty();
  return out;
}

void say_the_price(const std::vector<PreviewOrder>& orders, const PreviewMaking::Avatars& avatars,
                   const services::PreviewRendering& rendering) {
  std::int64_t micro_usd = 0;
  for (const PreviewOrder& order : orders) {
    const auto avatar = avatars.find(order.kind);
    micro_usd += avatar == avatars.end() ? 0 : rendering.cost_micro_usd(avatar->second);
  }
  fmt::print("{} to make, about ${:.2f} at the provider\n", orders.size(), static_cast<double>(micro_usd) / kMicro);
  std::fflush(stdout);
}

bool is_agreed() {
  fmt::print("Go on? [y/N] ");
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") {
    return true;
  }
  fmt::print("nothing was made; --yes asks nobody\n");
  return false;
}

void report(const PreviewOrder& order, const Result<void>& outcome) {
  if (outcome) {
    fmt::print("made {} {}\n", order.style, name_of(order.kind));
  } else {
    fmt::print("failed {} {}: {} [{}]\n", order.style, name_of(order.kind), outcome.error().detail,
               code_of(outcome.error().code));
  }
  std::fflush(stdout);
}

}  // namespace

Result<int> make_previews_command(const config::Config& config, const PreviewsWanted& wanted) {
  if (config.fal.key.empty()) {
    return fail(Errc::config_secret, "fal.key is not set");
  }
  const catalog::Source source{config.catalog_dir};
  const auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return std::unexpected(templates.error());
  }
  const auto models = catalog::ModelManager::load(source);
  if (!models) {
    return std::unexpected(models.error());
  }
  Bench bench(config);
  if (auto opened = bench.open_shelf(config, wanted.to); !opened) {
    return std::unexpected(opened.error());
  }
  const catalog::TemplateSet& styles = (*templates)->all();
  const services::WantedPreviews asked = wanted_of(wanted);
  auto orders = wait_for(bench.loop, services::lacking_previews(*bench.shelf, styles, asked));
  if (!orders) {
    return orders.error().code == Errc::template_unknown
               ? fail(Errc::config_invalid, "--style: " + orders.error().detail)
               : std::unexpected(orders.error());
  }
  services::PreviewRendering rendering({bench.fal, *bench.imager, bench.clock, **models}, config.timing.job_deadline);
  const PreviewMaking::Avatars avatars = avatars_of(config);
  say_the_price(*orders, avatars, rendering);
  if (!orders->empty() && !wanted.yes && !is_agreed()) {
    return 1;
  }
  PreviewMaking making(rendering, *bench.shelf, avatars, bench.clock, report);
  const int failed = wait_for(bench.loop, making.run(std::move(*orders)));
  if (wanted.drop_unused) {
    const auto dropped = wait_for(bench.loop, making.drop_strangers(styles));
    if (!dropped) {
      return std::unexpected(dropped.error());
    }
    fmt::print("{} of no style of the catalogue removed\n", *dropped);
  }
  fmt::print("{}\n", failed == 0 ? "every style has its previews" : fmt::format("{} could not be made", failed));
  return failed == 0 ? 0 : 1;
}

}  // namespace aisha::app
