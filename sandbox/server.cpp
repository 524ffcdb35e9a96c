// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <exception>

#include "base/log.hpp"
#include "http/client/client.hpp"
#include "http/server/server.hpp"
#include "imaging/imager.hpp"
#include "sandbox/bot_token.hpp"
#include "sandbox/fal/routes.hpp"
#include "sandbox/page/page_routes.hpp"
#include "sandbox/sim_routes.hpp"
#include "sandbox/telegram_api.hpp"
#include "sandbox/webhooks.hpp"
#include "sandbox/world_journal.hpp"

namespace aisha::sandbox {
namespace {

namespace asio = boost::asio;

/// Uploads of documents reach 50 MB, base64 makes a third more of them.
constexpr std::size_t kMaxBody = 72U << 20U;
constexpr Millis kGrace{3'000};

std::filesystem::path below(const std::filesystem::path& data, const char* name) {
  return data.empty() ? std::filesystem::path() : data / name;
}

fal::TwinOptions twin_options(const ServerOptions& options) {
  fal::TwinOptions twin;
  twin.data = below(options.data, "fal");
  twin.seed = options.seed;
  return twin;
}

imaging::ImagerOptions imager_options(const ServerOptions& options) {
  imaging::ImagerOptions imager;
  imager.program = options.imager.string();
  if (options.imager.empty()) {
    imager.program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "aisha-imager";
  }
  return imager;
}

telegram::WorldOptions world_options(const ServerOptions& options, std::string token) {
  telegram::WorldOptions world;
  world.seed = options.seed;
  world.demo_token = std::move(token);
  world.strict_flood = options.strict_flood;
  return world;
}

/// Everything that runs, in the order it is built.
class Sandbox {
 public:
  Sandbox(asio::io_context& loop, const ServerOptions& options, std::string token)
      : loop_(loop),
        base_clock_(loop.get_executor()),
        clock_(base_clock_),
        client_(http::make_client(loop.get_executor())),
        imager_(imaging::make_imager(loop.get_executor(), imager_options(options))),
        files_(below(options.data, "files")),
        journal_(below(options.data, "telegram.journal")),
        world_(world_options(options, std::move(token)), [this] { return epoch_ms(clock_.now()); }),
        twin_(loop.get_executor(), *client_, *imager_, clock_, faults_, twin_options(options)),
        hub_(loop.get_executor(), world_, clock_, faults_, files_),
        api_(hub_),
        webhooks_(hub_, api_, *client_) {
    journal_.restore(world_, clock_);
    add_routes(options.top_up_url);
  }

  Result<> listen(const ServerOptions& options) {
    http::ServerOptions server;
    server.host = options.host;
    server.port = options.port;
    server.max_body = kMaxBody;
    auto made = http::make_server(loop_.get_executor(), server, router_);
    if (!made) {
      return std::unexpected(made.error());
    }
    server_ = std::move(*made);
    return {};
  }

  std::uint16_t port() const { return server_->port(); }

  void start() {
    asio::co_spawn(loop_, twin_.run(), report);
    asio::co_spawn(loop_, webhooks_.run(), report);
    asio::co_spawn(loop_, until_signal(), report);
  }

 private:
  static void report(std::exception_ptr failure) {
    if (failure) {
      try {
        std::rethrow_exception(failure);
      } catch (const std::exception& problem) {
        log::debug("a loop of the sandbox ended: {}", problem.what());
      }
    }
  }

  void add_routes(const std::string& top_up_url) {
    add_people_routes(router_, hub_);
    add_chat_routes(router_, hub_);
    add_inline_routes(router_, hub_);
    add_coin_routes(router_, hub_, *client_, top_up_url);
    add_world_routes(
        router_, hub_,
        [this] {
          twin_.reset();
          journal_.record_clock(clock_);
        },
        [this] { journal_.record_clock(clock_); });
    fal::add_sim_routes(router_, twin_);
    fal::add_fal_routes(router_, twin_);
    add_unknown_route(router_);
    add_telegram_routes(router_, api_);
    add_page_routes(router_);
  }

  Task<void> until_signal() {
    asio::signal_set signals(loop_, SIGINT, SIGTERM);
    boost::system::error_code ec;
    co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    hub_.feed.close();
    twin_.stop();
    co_await server_->stop(kGrace);
    loop_.stop();
  }

  asio::io_context& loop_;
  SystemClock base_clock_;
  SandboxClock clock_;
  Faults faults_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<imaging::Imager> imager_;
  fal::FileStore files_;
  WorldJournal journal_;
  telegram::World world_;
  fal::Twin twin_;
  Hub hub_;
  TelegramApi api_;
  Webhooks webhooks_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

int refuse_start(const std::string& sentence) {
  fmt::print(stderr, "aisha-sandbox: {}\n", sentence);
  return 4;
}

int run(const ServerOptions& options) {
  if (!options.data.empty()) {
    std::filesystem::create_directories(options.data);
    std::filesystem::permissions(options.data, std::filesystem::perms::owner_all);
  }
  const auto token_file = options.bot_token_file.empty() ? below(options.data, "bot.token") : options.bot_token_file;
  auto token = demo_token(token_file, options.seed);
  if (!token) {
    return refuse_start(token.error().detail);
  }
  const std::string shown = *token;
  asio::io_context loop(1);
  Sandbox sandbox(loop, options, std::move(*token));
  if (const auto listening = sandbox.listen(options); !listening) {
    return refuse_start(listening.error().detail);
  }
  sandbox.start();
  if (options.data.empty() && options.bot_token_file.empty()) {
    fmt::print("demo bot's token: {}\n", shown);
  }
  fmt::print("http://{}:{}/\n", options.host, sandbox.port());
  std::fflush(stdout);
  loop.run();
  return 0;
}

}  // namespace

int run_server(const ServerOptions& options) {
  log::start(options.quiet ? log::Level::warn : log::Level::info, false);
  // Chats and tokens are this person's alone.
  ::umask(077);
  try {
    return run(options);
  } catch (const std::exception& problem) {
    return refuse_start(problem.what());
  }
}

}  // namespace aisha::sandbox
