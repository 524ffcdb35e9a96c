// SPDX-License-Identifier: Apache-2.0
#include "app/commands/avatars_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/cache_engine.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/engines.hpp"
#include "app/engines/policy_settings.hpp"
#include "app/engines/store_claim.hpp"
#include "base/rng.hpp"
#include "blobs/disk/files.hpp"
#include "http/client/client.hpp"
#include "providers/fal/public_files.hpp"
#include "services/people/avatar_import.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestPhoto = 20U << 20U;

Result<std::string> read_photo(const std::string& path) {
  if (path.empty()) {
    return std::string();
  }
  std::error_code ec;
  const std::uintmax_t bytes = fs::file_size(path, ec);
  if (ec || bytes > kLargestPhoto) {
    return fail(Errc::option_out_of_range,
                ec ? fmt::format("{}: no file that can be read", path) : fmt::format("{} is larger than 20 MB", path));
  }
  auto read = blobs::read_file(path);
  return read ? std::move(read) : fail(Errc::option_out_of_range, read.error().detail + ": no file that can be read");
}

Result<services::AvatarImport> wish_of(const AvatarImportWanted& wanted) {
  auto photo = read_photo(wanted.photo);
  if (!photo) {
    return std::unexpected(photo.error());
  }
  services::AvatarImport out;
  out.telegram_id = wanted.telegram_id;
  out.name = wanted.name;
  out.gender = wanted.gender;
  out.kind = wanted.kind == "style" ? domain::AvatarKind::style : domain::AvatarKind::portrait;
  out.finetune_id = wanted.finetune_id;
  out.lora_url = wanted.lora_url;
  out.family = wanted.family;
  out.trigger = wanted.trigger;
  out.photo = std::move(*photo);
  return out;
}

void print(const services::ImportedAvatar& imported) {
  const domain::Avatar& avatar = imported.avatar;
  fmt::print("avatar {} \"{}\"{}\n", avatar.id.to_string(), avatar.name,
             avatar.is_main ? ": pictures are made with it from now on" : "");
  if (imported.lora_bytes > 0) {
    fmt::print("  LoRA of {}: {} bytes are kept here too\n", avatar.family, imported.lora_bytes);
  } else {
    fmt::print("  finetune {}\n", avatar.finetune_id);
  }
}

}  // namespace

void add_avatar_import_options(CLI::App& import, AvatarImportWanted& wanted) {
  import.add_option("--user", wanted.telegram_id, "whose, by their number at Telegram; they pressed Start before")
      ->required();
  import.add_option("--name", wanted.name, "what its owner sees")->required();
  import.add_option("--gender", wanted.gender, "f, m or n (not said)")
      ->required()
      ->check(CLI::IsMember({"f", "m", "n"}));
  import.add_option("--kind", wanted.kind, "portrait: a face; style: a manner or a whole figure")
      ->required()
      ->check(CLI::IsMember({"portrait", "style"}));
  import.add_option("--finetune-id", wanted.finetune_id, "of fal, for flux-pro");
  import.add_option("--lora-url", wanted.lora_url, "https address of a safetensors file, which is copied into [blobs]");
  import.add_option("--family", wanted.family, "what the LoRA was trained for")
      ->check(CLI::IsMember({"flux-1", "flux-2"}));
  import.add_option("--trigger", wanted.trigger, "the words that stand for it in a prompt")->required();
  import.add_option("--photo", wanted.photo, "picture for its cards");
  import.footer(
      "One of --finetune-id and --lora-url (with --family). Exit status: 2 when nothing was imported because of"
      " what was asked for.");
}

Result<void> import_avatar_command(const config::Config& config, const AvatarImportWanted& wanted) {
  auto wish = wish_of(wanted);
  if (!wish) {
    return std::unexpected(wish.error());
  }
  asio::io_context loop(1);
  asio::thread_pool files(1);
  metrics::Registry metrics;
  const auto opened = open_database(loop.get_executor(), config, metrics);
  if (!opened) {
    return std::unexpected(opened.error());
  }
  const KnownDatabase known = wait_for(loop, known_of(*opened->database));
  if (auto claimed = claim_store_now(config, known.id, Taking::if_free); !claimed) {
    return claimed;
  }
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  const auto blobs = open_blobs(loop.get_executor(), files, *http, config);
  if (!blobs) {
    return std::unexpected(blobs.error());
  }
  // Nothing is read twice here, so a memory of its own will do.
  config::Config alone = config;
  alone.cache_url = "memory:";
  const auto cache = open_cache(loop.get_executor(), alone);
  if (!cache) {
    return std::unexpected(cache.error());
  }
  SystemClock clock(loop.get_executor());
  SystemRng rng;
  const services::Policy policy = policy_of(config);
  services::Signals signals(loop.get_executor());
  services::ServiceMetrics figures(metrics);
  const services::Context context{*opened->database, clock,   rng,           policy,
                                  signals,           figures, *cache->cache, *cache->rates};
  const services::People people(context, demo_avatars_of(config));
  providers::fal::PublicFiles addresses(*http, fal_options_of(config));
  const auto imager = start_imager(loop.get_executor(), config);
  const auto most = static_cast<std::uint64_t>(config.avatars.lora_max_mb) << 20U;
  services::AvatarImporting importing(context, {*blobs->store, addresses, *imager, people, spool_folder(config), most});
  auto imported = wait_for(loop, importing.import(std::move(*wish)));
  if (!imported) {
    return std::unexpected(imported.error());
  }
  print(*imported);
  return {};
}

}  // namespace aisha::app
