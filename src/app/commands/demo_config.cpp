// SPDX-License-Identifier: Apache-2.0
#include "app/commands/demo_config.hpp"

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

[blobs]
url = "{blobs}"

[telegram]
token = "{token}"
api_root = "{url}"

[fal]
key = "sandbox:{key}"
queue_url = "{url}/fal"
rest_url = "{url}/fal"
file_origins = ["{url}"]

[timing]
poll_first_ms = 300
poll_slowest_ms = 1000

# Copied to each new person at their first /start.
[[demo_avatar]]
name = "{name}"
kind = "portrait"
gender = "female"
lora_url = "{url}/fal-files/demo-anna.safetensors"
trigger = "AISHA_ANNA woman"
photo = "demo-anna"
)";

}  // namespace

Result<void> write_demo_config(const std::string& data, const std::string& url, const DemoOptions& options) {
  const std::string token_file = data + "/sandbox/bot.token";
  std::string token;
  std::ifstream in(token_file);
  if (!std::getline(in, token) || token.empty()) {
    return fail(Errc::start_failed, fmt::format("{}: the sandbox left no bot token there", token_file));
  }
  const std::string path = data + "/aisha.toml";
  // Private before the first byte of a secret is in it.
  const mode_t before = ::umask(0077);
  std::ofstream out(path, std::ios::trunc);
  ::umask(before);
  ::chmod(path.c_str(), 0600);
  SystemRng rng;
  const std::string database = options.database.empty() ? "sqlite:" + data + "/aisha.db" : options.database;
  const std::string blobs = options.blobs.empty() ? "dir:" + data + "/blobs" : options.blobs;
  const std::string name = options.language == "ru" ? "Анна" : "Anna";
  fmt::print(out, kTemplate, fmt::arg("database", database), fmt::arg("blobs", blobs), fmt::arg("token", token),
             fmt::arg("url", url), fmt::arg("key", rng.hex(8)), fmt::arg("name", name));
  out.flush();
  if (!out) {
    return fail(Errc::start_failed, fmt::format("{}: cannot be written", path));
  }
  return {};
}

}  // namespace aisha::app
