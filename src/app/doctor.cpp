// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "app/child_process.hpp"
#include "app/commands.hpp"
#include "app/engines.hpp"
#include "app/http_date.hpp"
#include "base/json.hpp"
#include "base/rng.hpp"
#include "base/uuid.hpp"
#include "catalog/model_registry.hpp"
#include "catalog/template_manager.hpp"
#include "http/client.hpp"

namespace aisha::app {
namespace {

constexpr std::uintmax_t kLowDisk = 1ULL << 30U;
constexpr std::chrono::seconds kClockTolerance{30};

/// What one check found; `advice` says what to do and is empty when all is well.
struct Finding {
  std::string about;
  std::string seen;
  std::string advice;
};

Finding good(std::string about, std::string seen) {
  return {std::move(about), std::move(seen), ""};
}
Finding bad(std::string about, std::string seen, std::string advice) {
  return {std::move(about), std::move(seen), std::move(advice)};
}

void print(const Finding& finding) {
  fmt::print("{} {:<10} {}\n", finding.advice.empty() ? "ok " : "BAD", finding.about, finding.seen);
  if (!finding.advice.empty()) {
    fmt::print("    -> {}\n", finding.advice);
  }
}

Task<void> send(http::Client& client, http::Request request, Result<http::Response>& out) {
  out = co_await client.send(std::move(request));
}

/// One blocking request; the doctor has nothing else to do meanwhile.
Result<http::Response> ask(http::Request request) {
  boost::asio::io_context loop;
  const auto client = http::make_client(loop.get_executor());
  Result<http::Response> answer = fail(Errc::net_unknown, "no answer");
  boost::asio::co_spawn(loop, send(*client, std::move(request), answer), [](std::exception_ptr) {});
  loop.run();
  return answer;
}

Finding check_clock(const http::Response& answer) {
  const auto theirs = parse_http_date(answer.header("date"));
  if (!theirs) {
    return good("clock", "Telegram's answer has no date to compare with");
  }
  const auto ours = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto apart = ours > *theirs ? ours - *theirs : *theirs - ours;
  const std::string seen = fmt::format("{} s from Telegram's", apart.count());
  return apart <= kClockTolerance ? good("clock", seen) : bad("clock", seen, "set this machine's clock, e.g. with ntp");
}

void check_telegram(const config::Config& config, std::vector<Finding>& findings) {
  if (config.telegram.token.empty()) {
    findings.push_back(bad("telegram", "no token", "get one from @BotFather and set [telegram] token"));
    return;
  }
  http::Request request;
  request.url = config.telegram.api_root + "/bot" + config.telegram.token.reveal() + "/getMe";
  const auto answer = ask(std::move(request));
  if (!answer) {
    findings.push_back(bad("telegram", fmt::format("{} does not answer", config.telegram.api_root),
                           "check the network, the proxy or [telegram] api_root"));
    return;
  }
  if (answer->status == 401 || answer->status == 404) {
    findings.push_back(bad("telegram", "the token is refused", "it was revoked or mistyped: ask @BotFather for it"));
    return;
  }
  std::string name = "?";
  if (const auto body = json::parse(answer->body); body && body->is_object()) {
    const auto* result = body->get_object().if_contains("result");
    if (result != nullptr && result->is_object() && result->get_object().contains("username")) {
      name = result->at("username").as_string().c_str();
    }
  }
  findings.push_back(good("telegram", "the bot is @" + name));
  findings.push_back(check_clock(*answer));
}

Finding check_fal(const config::Config& config) {
  if (config.fal.key.empty()) {
    return bad("fal", "no key", "make one at fal and set [fal] key");
  }
  // A status of a request that cannot exist: 404 proves the key, 401 refuses it, and nothing is spent.
  SystemRng rng;
  const Uuid nobody = Uuid::v7(std::chrono::floor<Millis>(std::chrono::system_clock::now()), rng);
  http::Request request;
  request.url = config.fal.queue_url + "/fal-ai/flux-lora/requests/" + nobody.to_string() + "/status";
  request.headers.push_back({"Authorization", "Key " + config.fal.key.reveal()});
  const auto answer = ask(std::move(request));
  if (!answer) {
    return bad("fal", fmt::format("{} does not answer", config.fal.queue_url), "check the network or [fal] queue_url");
  }
  if (answer->status == 401 || answer->status == 403) {
    return bad("fal", fmt::format("the key is refused ({})", answer->status),
               "check [fal] key and the account's balance");
  }
  return answer->status == 404
             ? good("fal", "the key is accepted")
             : bad("fal", fmt::format("unexpected answer {}", answer->status), "look at fal's status page");
}

Finding check_catalog(const config::Config& config) {
  const catalog::Source source{config.catalog_dir};
  const auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return bad("catalogue", templates.error().detail, "mend the file; `aisha templates check` tells when it is right");
  }
  const auto models = catalog::ModelRegistry::load(source);
  if (!models) {
    return bad("catalogue", models.error().detail, "mend the file; `aisha templates check` tells when it is right");
  }
  return good("catalogue",
              fmt::format("{} styles, {} models", (*templates)->all().templates.size(), models->all().size()));
}

Finding check_imager(const config::Config& config) {
  const std::string program = imager_program(config);
  return ::access(program.c_str(), X_OK) == 0
             ? good("imager", program)
             : bad("imager", program + " cannot be run", "install it beside aisha or set [imaging] program");
}

Finding check_disk(const config::Config& config) {
  const std::filesystem::path folder = config.blobs_url.substr(4);
  std::error_code ec;
  std::filesystem::create_directories(folder, ec);
  const auto space = std::filesystem::space(folder, ec);
  if (ec || ::access(folder.c_str(), W_OK) != 0) {
    return bad("pictures", folder.string() + " cannot be written", "make the folder writable for this user");
  }
  const std::string seen = fmt::format("{}: {} MiB free", folder.string(), space.available >> 20U);
  return space.available > kLowDisk ? good("pictures", seen)
                                    : bad("pictures", seen, "free disk space: under 1 GiB is left");
}

Finding check_database(const config::Config& config) {
  const auto seen = describe_database(config);
  return seen ? good("database", *seen) : bad("database", seen.error().detail, advice_for(seen.error().code));
}

}  // namespace

int doctor_command(const std::string& config_path) {
  const auto config = config::load(config_path, config::process_environment());
  if (!config) {
    print(bad("settings", config.error().detail, "mend the settings named above"));
    return 1;
  }
  std::vector<Finding> findings{good("settings", config_path.empty() ? "from the environment" : config_path)};
  findings.push_back(check_database(*config));
  findings.push_back(check_disk(*config));
  findings.push_back(check_imager(*config));
  findings.push_back(check_catalog(*config));
  check_telegram(*config, findings);
  findings.push_back(check_fal(*config));
  int red = 0;
  for (const Finding& finding : findings) {
    print(finding);
    red += finding.advice.empty() ? 0 : 1;
  }
  fmt::print("{}\n", red == 0 ? "All is well." : fmt::format("{} to mend.", red));
  return red == 0 ? 0 : 1;
}

}  // namespace aisha::app
