// SPDX-License-Identifier: Apache-2.0
#include "app/demo/demo_config.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <sys/stat.h>

#include <fstream>

#include "base/rng.hpp"

namespace aisha::app {
namespace {

constexpr std::string_view kTemplate = R"(# Written by `aisha demo` at each start; `aisha serve --config` takes it too.
[database]
url = "{database}"

[cache]
url = "{cache}"

[blobs]
url = "{blobs}"

[server]
listen = "{listen}"

[telegram]
token = "{token}"
api_root = "{url}"
updates = "{updates}"
{telegram_webhook}
[fal]
key = "sandbox:{key}"
queue_url = "{url}/fal"
rest_url = "{url}/fal"
run_url = "{url}/fal/run"
api_url = "{url}/fal"
admin_key = "sandbox:{key}"
file_origins = ["{url}"]
{fal_webhook}
[money]
sandbox_top_up = 100

[timing]
poll_first_ms = 300
poll_slowest_ms = 1000

# Copied to each new person at their first /start.
[[demo_avatar]]
name = "Анна"
name_en = "Anna"
kind = "portrait"
gender = "female"
lora_url = "{url}/fal-files/demo-anna.safetensors"
trigger = "AISHA_ANNA woman"
photo = "demo-anna"
)";

}  // namespace

Result<void> write_demo_config(const DemoPlaces& places, const DemoOptions& options) {
  const std::string token_file = places.data + "/sandbox/bot.token";
  std::string token;
  std::ifstream in(token_file);
  if (!std::getline(in, token) || token.empty()) {
    return fail(Errc::start_failed, fmt::format("{}: the sandbox left no bot token there", token_file));
  }
  const std::string path = places.data + "/aisha.toml";
  // Private before the first byte of a secret is in it.
  const mode_t before = ::umask(0077);
  std::ofstream out(path, std::ios::trunc);
  ::umask(before);
  ::chmod(path.c_str(), 0600);
  SystemRng rng;
  const auto or_own = [&places](const std::string& given, const std::string& scheme, const char* name) {
    return given.empty() ? scheme + places.data + name : given;
  };
  const bool called = options.updates == "webhook";
  const auto hook = [&](const char* path_of) {
    return called ? fmt::format("webhook_url = \"http://{}{}\"\n", places.product, path_of) : std::string();
  };
  fmt::print(out, kTemplate, fmt::arg("database", or_own(options.database, "sqlite:", "/aisha.db")),
             fmt::arg("cache", options.cache.empty() ? "memory:" : options.cache),
             fmt::arg("blobs", or_own(options.blobs, "dir:", "/blobs")), fmt::arg("listen", places.product),
             fmt::arg("token", token), fmt::arg("url", places.sandbox), fmt::arg("updates", options.updates),
             fmt::arg("telegram_webhook", hook("/telegram")), fmt::arg("fal_webhook", hook("/fal")),
             fmt::arg("key", rng.hex(8)));
  out.flush();
  if (!out) {
    return fail(Errc::start_failed, fmt::format("{}: cannot be written", path));
  }
  return {};
}

}  // namespace aisha::app
